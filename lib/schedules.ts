import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration, type Stack, TimeZone } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';
import type { Functions } from './functions.ts';

/** Five minutes into each business day, what fell due the day before is swept. */
export function sweepDeadlines(
  stack: Stack,
  configuration: Configuration,
  functions: Functions,
  deadLetters: IQueue,
): void {
  new Schedule(stack, 'DailySweep', {
    scheduleName: `dengyun-${configuration.stage}-deadlines`,
    description: 'Overdue tasks, lapsed reservations, expired vouchers',
    schedule: ScheduleExpression.cron({ minute: '5', hour: '0', timeZone: TimeZone.ASIA_SHANGHAI }),
    target: new LambdaInvoke(functions.deadlines.function, {
      input: ScheduleTargetInput.fromObject({ scheduledFor: '<aws.scheduler.scheduled-time>' }),
      retryAttempts: 10,
      maxEventAge: Duration.hours(12),
      deadLetterQueue: deadLetters,
    }),
  });
}
