import type * as z from 'zod';
import type { planVersionAnswer, publishedVersionAnswer } from '../../contracts/plan-versions.ts';
import { businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import type { PlanVersion } from '../../core/policy/plan-version.ts';
import { toParameters, toSignatures, toSignaturesOfPeople, toSpec } from './answers.ts';

export const toPublishedVersion = (of: PlanVersion): z.input<typeof publishedVersionAnswer> => ({
  year: of.year,
  number: of.number,
  appliesFrom: businessDate(of.appliesFrom),
  reason: of.reason,
  parameters: toParameters(of),
  specs: of.specs.map(toSpec),
  signatures: toSignatures(of),
  publishedAt: of.publishedAt === undefined ? undefined : toShanghaiIso(of.publishedAt),
});

export const toPlanVersionAnswer = (of: PlanVersion): z.input<typeof planVersionAnswer> => ({
  ...toPublishedVersion(of),
  version: of.version,
  status: of.status,
  draftedBy: of.draftedBy,
  signatures: toSignaturesOfPeople(of),
  names: of.names,
});
