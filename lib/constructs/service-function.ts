import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';

export interface ServiceFunctionProps {
  readonly configuration: Configuration;
  /** Its folder below `functions/`, and its name in the cloud after the stage. */
  readonly name: string;
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  /** MB; 512 unless the work needs more. */
  readonly memory?: number;
}

/** Days that logs are kept: long enough for an audit of the year, or in production of the fund's whole carry-over life. */
export const logRetention = ({ production }: Configuration): RetentionDays =>
  production ? RetentionDays.THREE_YEARS : RetentionDays.ONE_YEAR;

/** Logs go with their stage, but never in production. */
export const logRemoval = ({ production }: Configuration): RemovalPolicy =>
  production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** A function with our defaults: a role of its own that may do nothing but write its log, until it is given more. */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { configuration, name, code, environment, timeout } = props;
    const functionName = `dengyun-${configuration.stage}-${name}`;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logRetention(configuration),
      removalPolicy: logRemoval(configuration),
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      // Not every region of `aws-cn` has the cheaper processors.
      architecture: configuration.partition === 'aws' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code,
      role: this.role,
      memorySize: props.memory ?? 512,
      timeout,
      environment: { ...environment },
      logGroup: this.logGroup,
      tracing: configuration.partition === 'aws' ? Tracing.ACTIVE : Tracing.DISABLED,
    });
  }

  /** Lets the function do exactly this, under exactly these conditions. */
  allow(actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources, ...(conditions ? { conditions } : {}) }));
  }
}
