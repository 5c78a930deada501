import type * as z from 'zod';
import { applicationFindings, documentsNeeded } from '../core/registry/application.ts';
import { registrationFields } from './registry.ts';
import { findingAnswer } from './sentences.ts';

/** What decides whether somebody may take part; the same fields that a registration has. */
export const selfCheckFields = registrationFields.pick({
  kind: true,
  uscc: true,
  jurisdiction: true,
  industrySection: true,
});

/**
 * What reviewers would be pointed to, and the documents that an application would need (clauses 二-(一), 三-(一), 四): the
 * rules of certification, before registering. Findings are no refusals: a person decides on them.
 */
export const selfCheck = (declared: z.output<typeof selfCheckFields>) => ({
  findings: applicationFindings(declared).map(findingAnswer),
  documents: documentsNeeded(declared),
});
