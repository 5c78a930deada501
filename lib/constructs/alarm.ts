import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** What an alarm means to people: an alarm nobody can read is no alarm. */
export interface Impact {
  /** What breaks, for whom. A sentence. */
  readonly breaks: string;
  /** What the one who is called does first. A sentence. */
  readonly whatToDo: string;
}

export interface ImpactAlarmProps {
  readonly impact: Impact;
  readonly metric: IMetric;
  /** It goes off above this. */
  readonly above: number;
  /** How many periods in a row. */
  readonly periods?: number;
  readonly notify: ITopic;
}

/** An alarm that says what breaks and what to do. No data is no alarm: most of these things happen rarely. */
export class ImpactAlarm extends Alarm {
  constructor(scope: Construct, id: string, { impact, metric, above, periods = 1, notify }: ImpactAlarmProps) {
    super(scope, id, {
      metric,
      threshold: above,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${impact.breaks} ${impact.whatToDo}`,
    });
    this.addAlarmAction(new SnsAction(notify));
  }
}
