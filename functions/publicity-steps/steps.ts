import type { Ports } from '../../core/ports/context.ts';
import { makeCheckWindow } from '../../core/usecases/publicity/check-window.ts';
import { makeFinishClaim } from '../../core/usecases/publicity/finish-claim.ts';
import { makeFinishItems } from '../../core/usecases/publicity/finish-items.ts';
import { makePublishNotice } from '../../core/usecases/publicity/publish-notice.ts';
import { publicityWindowSteps as contracts } from '../../statemachines/publicity-window.contracts.ts';
import { defineStep, type Step } from '../_runtime/steps.ts';

/** The steps of `publicity-window`. */
export function publicityWindowSteps(ports: Ports): Readonly<Record<keyof typeof contracts, Step>> {
  const of = <K extends keyof typeof contracts>(name: K) => contracts[name];
  return {
    'publish-notice': defineStep(of('publish-notice').input, of('publish-notice').output, makePublishNotice(ports)),
    'check-window': defineStep(of('check-window').input, of('check-window').output, makeCheckWindow(ports)),
    'finish-items': defineStep(of('finish-items').input, of('finish-items').output, makeFinishItems(ports)),
    'finish-claim': defineStep(of('finish-claim').input, of('finish-claim').output, makeFinishClaim(ports)),
  };
}
