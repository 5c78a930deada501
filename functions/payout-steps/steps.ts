import type { Ports } from '../../core/ports/context.ts';
import {
  makeApplyApproval,
  makeAskFinance,
  makeAskIndustry,
  makeProposePayout,
} from '../../core/usecases/payouts/approve-payout.ts';
import { makeCollectItems } from '../../core/usecases/payouts/collect-items.ts';
import { makeFundLines } from '../../core/usecases/payouts/fund-lines.ts';
import { makeOffsetLines, makeSettleOffsets } from '../../core/usecases/payouts/offset-lines.ts';
import { makeAccrueItems, makeReleaseItems, makeSettleLines } from '../../core/usecases/payouts/process-items.ts';
import { makeReopenItems } from '../../core/usecases/payouts/reopen-items.ts';
import { makeAskBank, makeAskCorrection, makeSendLines } from '../../core/usecases/payouts/send-lines.ts';
import { payoutSteps as contracts } from '../../statemachines/payout.contracts.ts';
import { defineStep, type Step } from '../_runtime/steps.ts';

/** The steps of `payout`. */
export function payoutSteps(ports: Ports): Readonly<Record<keyof typeof contracts, Step>> {
  const of = <K extends keyof typeof contracts>(name: K) => contracts[name];
  return {
    'collect-items': defineStep(of('collect-items').input, of('collect-items').output, makeCollectItems(ports)),
    'fund-lines': defineStep(of('fund-lines').input, of('fund-lines').output, makeFundLines(ports)),
    'propose-payout': defineStep(of('propose-payout').input, of('propose-payout').output, makeProposePayout(ports)),
    'ask-industry': defineStep(of('ask-industry').input, of('ask-industry').output, makeAskIndustry(ports)),
    'ask-finance': defineStep(of('ask-finance').input, of('ask-finance').output, makeAskFinance(ports)),
    'apply-approval': defineStep(of('apply-approval').input, of('apply-approval').output, makeApplyApproval(ports)),
    'accrue-items': defineStep(of('accrue-items').input, of('accrue-items').output, makeAccrueItems(ports)),
    'offset-lines': defineStep(of('offset-lines').input, of('offset-lines').output, makeOffsetLines(ports)),
    'send-lines': defineStep(of('send-lines').input, of('send-lines').output, makeSendLines(ports)),
    'ask-bank': defineStep(of('ask-bank').input, of('ask-bank').output, makeAskBank(ports)),
    'settle-offsets': defineStep(of('settle-offsets').input, of('settle-offsets').output, makeSettleOffsets(ports)),
    'settle-lines': defineStep(of('settle-lines').input, of('settle-lines').output, makeSettleLines(ports)),
    'ask-correction': defineStep(of('ask-correction').input, of('ask-correction').output, makeAskCorrection(ports)),
    'reopen-items': defineStep(of('reopen-items').input, of('reopen-items').output, makeReopenItems(ports)),
    'release-items': defineStep(of('release-items').input, of('release-items').output, makeReleaseItems(ports)),
  };
}
