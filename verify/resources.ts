import { workflowArns } from '../statemachines/arns.ts';
import type { Resources } from './aws-system.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The names of a system's resources as its functions find them in their environment: `TABLE_NAME`,
 * `WORKFLOW_…_ARN`, `IDENTITY_BUCKET`, `EVIDENCE_BUCKET`. Throws an error that names what is missing.
 */
export function resourcesOf(environment: Environment): Resources {
  const named = (variable: string): string => {
    const value = environment[variable];
    if (!value) throw new Error(`${variable} is not set`);
    return value;
  };
  return {
    table: named('TABLE_NAME'),
    stateMachines: workflowArns(environment),
    buckets: { identity: named('IDENTITY_BUCKET'), evidence: named('EVIDENCE_BUCKET') },
  };
}
