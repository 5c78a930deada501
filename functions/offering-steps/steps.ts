import type { Ports } from '../../core/ports/context.ts';
import { makeApplyReview, makeEscalateReview, makeOpenReview } from '../../core/usecases/catalogue/review-steps.ts';
import { offeringReviewSteps as contracts } from '../../statemachines/offering-review.contracts.ts';
import { defineStep, type Step } from '../_runtime/steps.ts';

/** The steps of `offering-review`. */
export function offeringSteps(ports: Ports): Readonly<Record<string, Step>> {
  const open = contracts['open-review'];
  const apply = contracts['apply-review'];
  const escalate = contracts['escalate-review'];
  return {
    'open-review': defineStep(open.input, open.output, makeOpenReview(ports)),
    'apply-review': defineStep(apply.input, apply.output, ({ offeringId, number, decision }, command) =>
      makeApplyReview(ports)({ offeringId, number, taskId: decision.taskId }, command),
    ),
    'escalate-review': defineStep(escalate.input, escalate.output, ({ offeringId, number }, command) =>
      makeEscalateReview(ports)({ offeringId, number }, command),
    ),
  };
}
