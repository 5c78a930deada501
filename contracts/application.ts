import type * as z from 'zod';
import { documentsNeeded, servesIndustry } from '../core/registry/application.ts';
import type { FieldError } from './field-errors.ts';
import type { certificationAnswer, organisationAnswer } from './registry.ts';
import { issueError } from './sentences.ts';

type Declared = Pick<z.output<typeof organisationAnswer>, 'kind' | 'industrySection'>;
export type ApplicationDocument = keyof z.output<typeof certificationAnswer>['documents'];

/** The documents of an application, each with the purpose it is uploaded for (clauses 三-(一), 四, 二-(一)). */
export const applicationDocuments = {
  businessLicence: 'business-licence',
  idCardFront: 'id-card-front',
  idCardBack: 'id-card-back',
  industryService: 'industry-service-evidence',
} as const satisfies Record<ApplicationDocument, string>;

/** Fields of an application that are the organisation's own declaration. */
export const declaredFields = ['name', 'jurisdiction', 'industrySection', 'address'] as const;

/** Which documents an application of this organisation needs, in the order in which they are asked for. */
export function neededDocuments(declared: Declared): readonly ApplicationDocument[] {
  const purposes = documentsNeeded(declared);
  const fields = Object.keys(applicationDocuments) as ApplicationDocument[];
  return fields.filter((field) => purposes.includes(applicationDocuments[field]));
}

/** Evidence of serving industry that is missing: what the contract cannot know, in the sentence of the API. */
export function missingEvidence(
  declared: Declared,
  documents: Partial<Record<ApplicationDocument, string>>,
): FieldError[] {
  if (!servesIndustry(declared) || documents.industryService) return [];
  const values = { section: declared.industrySection };
  return [issueError({ pointer: '/documents/industryService', rule: 'industry-evidence-required', values })];
}
