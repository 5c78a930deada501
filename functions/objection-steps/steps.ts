import type { Ports } from '../../core/ports/context.ts';
import { makeFinishClaim } from '../../core/usecases/publicity/finish-claim.ts';
import {
  makeFinishObjectedItem,
  makeOpenObjectionTask,
  makeSettleObjection,
} from '../../core/usecases/publicity/handle-objection.ts';
import { objectionHandlingSteps as contracts } from '../../statemachines/objection-handling.contracts.ts';
import { defineStep, type Step } from '../_runtime/steps.ts';

/** The steps of `objection-handling`. */
export function objectionHandlingSteps(ports: Ports): Readonly<Record<keyof typeof contracts, Step>> {
  const of = <K extends keyof typeof contracts>(name: K) => contracts[name];
  return {
    'open-objection': defineStep(
      of('open-objection').input,
      of('open-objection').output,
      makeOpenObjectionTask(ports, false),
    ),
    'open-late-objection': defineStep(
      of('open-late-objection').input,
      of('open-late-objection').output,
      makeOpenObjectionTask(ports, true),
    ),
    'settle-objection': defineStep(
      of('settle-objection').input,
      of('settle-objection').output,
      makeSettleObjection(ports),
    ),
    'finish-item': defineStep(of('finish-item').input, of('finish-item').output, makeFinishObjectedItem(ports)),
    'finish-claim': defineStep(of('finish-claim').input, of('finish-claim').output, makeFinishClaim(ports)),
  };
}
