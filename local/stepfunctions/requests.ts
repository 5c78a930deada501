import * as z from 'zod';

/** The requests that are answered, as the AWS JSON protocol carries them. Fields not read here are let pass. */
const arn = z.string().min(1).max(256);
const token = z.string().min(1).max(2048);
const page = {
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(3096).optional(),
};
const status = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']);
const failure = { error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() };

export const requests = {
  StartExecution: z.object({ stateMachineArn: arn, name: z.string().optional(), input: z.string().optional() }),
  DescribeExecution: z.object({ executionArn: arn }),
  StopExecution: z.object({ executionArn: arn, ...failure }),
  RedriveExecution: z.object({ executionArn: arn }),
  ListExecutions: z.object({
    stateMachineArn: arn,
    statusFilter: status.optional(),
    redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
    ...page,
  }),
  GetExecutionHistory: z.object({
    executionArn: arn,
    reverseOrder: z.boolean().optional(),
    includeExecutionData: z.boolean().optional(),
    ...page,
  }),
  SendTaskSuccess: z.object({ taskToken: token, output: z.string() }),
  SendTaskFailure: z.object({ taskToken: token, ...failure }),
  SendTaskHeartbeat: z.object({ taskToken: token }),
  ListStateMachines: z.object(page),
  DescribeStateMachine: z.object({ stateMachineArn: arn }),
  DescribeStateMachineForExecution: z.object({ executionArn: arn }),
};
