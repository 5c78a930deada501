import type { Stack } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';
import { workflowExists } from './constructs/definition.ts';
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
} as const satisfies Record<string, FunctionName>;

export const workflowNames = Object.keys(stepsOf) as (keyof typeof stepsOf)[];

/** The state machines whose definition and steps exist. */
export const createWorkflows = (stack: Stack, configuration: Configuration, functions: Functions): Workflow[] =>
  workflowNames.flatMap((name) => {
    const steps = functions.get(stepsOf[name]);
    if (!steps || !workflowExists(name)) return [];
    // A function and a workflow may have the same name.
    return [new Workflow(stack, `${constructId(name)}Workflow`, { configuration, name, steps: steps.function })];
  });
