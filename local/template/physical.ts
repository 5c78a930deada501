import type { Stack } from './assembly.ts';

/** Where the resources pretend to be: the pseudo parameters of CloudFormation. */
export interface Environment {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly urlSuffix: string;
}

/** Addresses that only the running services know. */
export interface Endpoints {
  /** Base URL of the HTTP gateway, without a trailing slash. */
  readonly api: string;
  /** Base URL of the queue service, without a trailing slash. */
  readonly queues: string;
}

/** The property of each type that lets a template fix the physical name. */
const NAME_PROPERTY: Record<string, string> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Scheduler::Schedule': 'Name',
};

/**
 * Names and attributes of resources as they would be after a deployment. Names are the explicit ones or the logical id
 * in lower case, so that a restart, and a second synthesis of the same tree, find the same table again.
 */
export function createPhysical(
  stacks: readonly Stack[],
  environment: Environment,
  endpoints: Endpoints,
  evaluate: (value: unknown, stack: Stack) => unknown,
) {
  const { region, accountId, partition } = environment;
  const names = new Map<string, string>();

  const property = (stack: Stack, logicalId: string, name: string) =>
    evaluate(stack.template.Resources?.[logicalId]?.Properties?.[name], stack);

  const taken = new Map<string, Stack>();
  for (const stack of stacks) {
    for (const [logicalId, { Type }] of Object.entries(stack.template.Resources ?? {})) {
      const plain = logicalId.toLowerCase().slice(0, 63);
      const mine = taken.get(`${Type} ${plain}`) === undefined;
      if (mine) taken.set(`${Type} ${plain}`, stack);
      names.set(`${stack.name} ${logicalId}`, mine ? plain : `${stack.name.toLowerCase()}-${plain}`.slice(0, 63));
    }
  }

  const nameOf = (stack: Stack, logicalId: string): string => {
    const nameProperty = NAME_PROPERTY[stack.template.Resources?.[logicalId]?.Type ?? ''];
    const explicit = nameProperty ? property(stack, logicalId, nameProperty) : undefined;
    return typeof explicit === 'string' ? explicit : (names.get(`${stack.name} ${logicalId}`) ?? logicalId);
  };

  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

  const arnOf = (stack: Stack, logicalId: string): string => {
    const type = stack.template.Resources?.[logicalId]?.Type;
    const name = nameOf(stack, logicalId);
    switch (type) {
      case 'AWS::DynamoDB::Table':
      case 'AWS::DynamoDB::GlobalTable':
        return arn('dynamodb', `table/${name}`);
      case 'AWS::S3::Bucket':
        return `arn:${partition}:s3:::${name}`;
      case 'AWS::Lambda::Function':
        return arn('lambda', `function:${name}`);
      case 'AWS::Lambda::Version':
        return `${String(property(stack, logicalId, 'FunctionName'))}:1`;
      case 'AWS::Lambda::Alias':
        return functionArn(property(stack, logicalId, 'FunctionName'), String(property(stack, logicalId, 'Name')));
      case 'AWS::StepFunctions::StateMachine':
        return arn('states', `stateMachine:${name}`);
      case 'AWS::SQS::Queue':
        return arn('sqs', name);
      case 'AWS::SNS::Topic':
        return arn('sns', name);
      case 'AWS::Scheduler::Schedule':
        return arn('scheduler', `schedule/default/${name}`);
      case 'AWS::IAM::Role':
        return `arn:${partition}:iam::${accountId}:role/${name}`;
      default:
        return arn((type ?? 'unknown').split('::')[1]?.toLowerCase() ?? 'unknown', name);
    }
  };

  /** A reference to a function by name or ARN, as the ARN with that qualifier. */
  const functionArn = (reference: unknown, qualifier: string) => {
    const text = String(reference);
    return `${text.startsWith('arn:') ? text : arn('lambda', `function:${text}`)}:${qualifier}`;
  };

  /** What `Ref` of a resource gives. */
  const ref = (stack: Stack, logicalId: string): unknown => {
    switch (stack.template.Resources?.[logicalId]?.Type) {
      case 'AWS::StepFunctions::StateMachine':
      case 'AWS::SNS::Topic':
      case 'AWS::Lambda::Alias':
      case 'AWS::Lambda::Version':
        return arnOf(stack, logicalId);
      case 'AWS::SQS::Queue':
        return `${endpoints.queues}/${accountId}/${nameOf(stack, logicalId)}`;
      case 'AWS::ApiGatewayV2::Stage':
        return property(stack, logicalId, 'StageName');
      default:
        return nameOf(stack, logicalId);
    }
  };

  /** What `Fn::GetAtt` of a resource gives. */
  const attribute = (stack: Stack, logicalId: string, name: string): unknown => {
    const type = stack.template.Resources?.[logicalId]?.Type;
    switch (`${type} ${name}`) {
      case 'AWS::DynamoDB::Table StreamArn':
      case 'AWS::DynamoDB::GlobalTable StreamArn':
        return `${arnOf(stack, logicalId)}/stream/local`;
      case 'AWS::ApiGatewayV2::Api ApiEndpoint':
        return endpoints.api;
      case 'AWS::Lambda::Version Version':
        return '1';
      case 'AWS::SQS::Queue QueueUrl':
        return ref(stack, logicalId);
      case 'AWS::S3::Bucket DomainName':
      case 'AWS::S3::Bucket RegionalDomainName':
        return `${nameOf(stack, logicalId)}.s3.${region}.${environment.urlSuffix}`;
    }
    if (name === 'Arn' || name.endsWith('Arn')) return arnOf(stack, logicalId);
    return nameOf(stack, logicalId);
  };

  return { nameOf, arnOf, ref, attribute };
}
