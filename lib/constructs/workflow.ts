import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { checkedDefinitionFile } from './definition.ts';
import { logRemoval, logRetention } from './service-function.ts';

export interface WorkflowProps {
  readonly configuration: Configuration;
  /** Of its file in `statemachines/`. */
  readonly name: string;
  /** The function that runs every step of it. */
  readonly steps: IFunction;
}

/**
 * A state machine from its file: the text that runs on one machine is the text that is deployed. Its role may call its
 * own steps and nothing else; its log holds errors without their data.
 */
export class Workflow extends Construct {
  readonly name: string;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { configuration, name, steps }: WorkflowProps) {
    super(scope, id);
    this.name = name;
    const stateMachineName = `dengyun-${configuration.stage}-${name}`;
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName,
      definitionBody: DefinitionBody.fromFile(checkedDefinitionFile(name)),
      definitionSubstitutions: { Partition: Aws.PARTITION, StepsFunctionArn: steps.functionArn },
      tracingEnabled: configuration.partition === 'aws',
      logs: {
        level: LogLevel.ERROR,
        includeExecutionData: false,
        destination: new LogGroup(this, 'Log', {
          // The prefix keeps the account's resource policy of log deliveries small.
          logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
          retention: logRetention(configuration),
          removalPolicy: logRemoval(configuration),
        }),
      },
    });
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [steps.functionArn] }),
    );
  }

  /** Where the relay and the inbox find the machine: `WORKFLOW_CLAIM_AUDIT_ARN`. */
  get variable(): string {
    return `WORKFLOW_${this.name.replaceAll('-', '_').toUpperCase()}_ARN`;
  }

  get arn(): string {
    return this.stateMachine.stateMachineArn;
  }

  /** Every execution of this machine. */
  get executions(): string {
    const { stack, stateMachineName } = this.stateMachine;
    return `arn:${Aws.PARTITION}:states:${stack.region}:${stack.account}:execution:${stateMachineName}:*`;
  }
}
