import type { Ports } from '../../core/ports/context.ts';
import {
  makeApplyReview,
  makeOpenCityReview,
  makeOpenRegionalReview,
} from '../../core/usecases/registry/certification-review.ts';
import { certificationReviewSteps as contracts } from '../../statemachines/certification-review.contracts.ts';
import { defineStep, type Step } from '../_runtime/steps.ts';

/** The steps of `certification-review`. */
export function certificationSteps(ports: Ports): Readonly<Record<string, Step>> {
  const openCity = makeOpenCityReview(ports);
  const openRegion = makeOpenRegionalReview(ports);
  const apply = makeApplyReview(ports);
  const of = <K extends keyof typeof contracts>(name: K) => contracts[name];
  return {
    'open-city-review': defineStep(of('open-city-review').input, of('open-city-review').output, openCity),
    'apply-city-review': defineStep(
      of('apply-city-review').input,
      of('apply-city-review').output,
      ({ certificationId, decision }, command) =>
        apply({ certificationId, taskId: decision.taskId, level: 'city' }, command),
    ),
    'open-regional-review': defineStep(of('open-regional-review').input, of('open-regional-review').output, openRegion),
    'apply-regional-review': defineStep(
      of('apply-regional-review').input,
      of('apply-regional-review').output,
      ({ certificationId, decision }, command) =>
        apply({ certificationId, taskId: decision.taskId, level: 'region' }, command),
    ),
  };
}
