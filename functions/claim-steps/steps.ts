import type { Ports } from '../../core/ports/context.ts';
import {
  makeApplyAudit,
  makeEscalateAudit,
  makeOpenAudit,
  makeTakeInItems,
} from '../../core/usecases/claims/audit-workflow.ts';
import { claimAuditSteps as contracts } from '../../statemachines/claim-audit.contracts.ts';
import { defineStep, type Step } from '../_runtime/steps.ts';

/** The steps of `claim-audit`. */
export function claimAuditSteps(ports: Ports): Readonly<Record<string, Step>> {
  const of = <K extends keyof typeof contracts>(name: K) => contracts[name];
  return {
    'take-in-items': defineStep(of('take-in-items').input, of('take-in-items').output, makeTakeInItems(ports)),
    'open-audit': defineStep(of('open-audit').input, of('open-audit').output, makeOpenAudit(ports)),
    'escalate-audit': defineStep(of('escalate-audit').input, of('escalate-audit').output, makeEscalateAudit(ports)),
    'apply-audit': defineStep(of('apply-audit').input, of('apply-audit').output, makeApplyAudit(ports)),
  };
}
