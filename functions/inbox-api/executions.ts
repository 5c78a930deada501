import { DescribeExecutionCommand, ExecutionDoesNotExist, type SFNClient } from '@aws-sdk/client-sfn';
import type { TaskKind } from '../../core/inbox/task.ts';
import type { WorkflowName } from '../../core/ports/events.ts';
import type { Executions } from '../../core/usecases/inbox/decide-task.ts';
import { executionArn } from '../../statemachines/arns.ts';

/** Which workflow opens tasks of a kind. */
const workflowOf: Record<TaskKind, WorkflowName> = {
  'enterprise-certification': 'certification-review',
  'provider-recommendation': 'certification-review',
  'provider-selection': 'certification-review',
  'offering-review': 'offering-review',
  'claim-audit': 'claim-audit',
  objection: 'objection-handling',
  'payout-industry': 'payout',
  'payout-finance': 'payout',
  'bank-answer': 'payout',
  'payout-correction': 'payout',
  'year-end-industry': 'year-end',
  'year-end-finance': 'year-end',
};

/** Asks the workflow service whether the execution behind a task still waits. */
export const executionsOf = (client: SFNClient, arns: Record<WorkflowName, string>): Executions => ({
  async isRunning({ kind, executionName }) {
    try {
      const { status } = await client.send(
        new DescribeExecutionCommand({ executionArn: executionArn(arns[workflowOf[kind]], executionName) }),
      );
      return status === 'RUNNING';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return false;
      throw error;
    }
  },
});
