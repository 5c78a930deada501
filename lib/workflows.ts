import type { Stack } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';
import { Workflow } from './constructs/workflow.ts';
import { constructId, type Functions } from './functions.ts';
import type { FunctionName } from './permissions.ts';

/** Every workflow with the function that runs its steps. */
export const stepsOf = {
  'certification-review': 'certification-steps',
  'offering-review': 'offering-steps',
  'claim-audit': 'claim-steps',
  'publicity-window': 'publicity-steps',
  'objection-handling': 'objection-steps',
  payout: 'payout-steps',
  'year-end': 'year-end-steps',
} as const satisfies Record<string, FunctionName>;

export const workflowNames = Object.keys(stepsOf) as (keyof typeof stepsOf)[];

/** The state machines, each with the function that runs its steps. */
export const createWorkflows = (stack: Stack, configuration: Configuration, functions: Functions): Workflow[] =>
  workflowNames.map(
    (name) =>
      new Workflow(stack, `${constructId(name)}Workflow`, {
        configuration,
        name,
        steps: functions[stepsOf[name]].function,
      }),
  );
