import { type WorkflowName, workflowNames } from '../core/ports/events.ts';

/** State machine ARNs from the environment: `WORKFLOW_CERTIFICATION_REVIEW_ARN` and its like. */
export function workflowArns(environment: Readonly<Record<string, string | undefined>>): Record<WorkflowName, string> {
  return Object.fromEntries(
    workflowNames.map((name) => {
      const variable = `WORKFLOW_${name.replaceAll('-', '_').toUpperCase()}_ARN`;
      const arn = environment[variable];
      if (!arn) throw new Error(`${variable} is not set`);
      return [name, arn];
    }),
  ) as Record<WorkflowName, string>;
}

/** The ARN of an execution by its name. */
export const executionArn = (stateMachineArn: string, name: string) =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
