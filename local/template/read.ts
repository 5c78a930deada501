import { readFileSync, statSync } from 'node:fs';
import * as z from 'zod';
import { type Assembly, readAssembly, type Stack } from './assembly.ts';
import { createResolver, type Resolver } from './intrinsics.ts';
import type {
  ApiModel,
  AuthorizerModel,
  BucketModel,
  FunctionModel,
  Model,
  QueueModel,
  RouteModel,
  ScheduleModel,
  StateMachineModel,
  StreamMapping,
  TableModel,
} from './model.ts';
import type { Endpoints } from './physical.ts';

export interface ReadOptions {
  /** Folder of the synthesized cloud assembly. */
  readonly assembly: string;
  readonly endpoints: Endpoints;
  /** CloudFormation parameters, by name or by `<stack>.<name>`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Used when the app fixes none. */
  readonly region?: string;
  readonly accountId?: string;
}

/** One resource that is to be deployed, and its evaluated properties. */
interface Found {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Evaluated when asked, so that what the runtime skips need not be resolvable. */
  properties(): unknown;
}

/** Has an effect in the cloud that the runtime does not have: worth a line in the log. */
const NOT_RUN: Record<string, string> = {
  'AWS::Events::Rule': 'event rules are not run; use a schedule of the scheduler',
  'AWS::Events::EventBus': 'event buses are not run',
  'AWS::Lambda::EventInvokeConfig': 'asynchronous invocations are tried three times, whatever the template says',
  'AWS::ApiGateway::RestApi': 'only HTTP APIs are served',
  'AWS::Lambda::Url': 'function URLs are not served',
  'AWS::Pipes::Pipe': 'pipes are not run',
  'AWS::CloudFormation::Stack': 'nested stacks are not read',
};

/** Reads an assembly into the model that the runtime runs. Throws an Error that names what it cannot honestly run. */
export function readModel(options: ReadOptions): Model {
  const assembly = readAssembly(options.assembly);
  const region = assembly.stacks.find((stack) => stack.region)?.region ?? options.region ?? 'us-east-1';
  const accountId = options.accountId ?? '000000000000';
  const china = region.startsWith('cn-');
  const resolver = createResolver({
    stacks: assembly.stacks,
    environment: {
      region,
      accountId,
      partition: china ? 'aws-cn' : 'aws',
      urlSuffix: china ? 'amazonaws.com.cn' : 'amazonaws.com',
    },
    endpoints: options.endpoints,
    parameters: options.parameters ?? {},
  });
  const all = (...types: string[]) => findAll(assembly, resolver, types);

  const ignored = assembly.stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, { Type: type }]) => {
      const reason = NOT_RUN[type];
      return reason ? [{ stack: stack.name, logicalId, type, reason }] : [];
    }),
  );
  const skip = (found: Found, type: string, reason: string) =>
    void ignored.push({ stack: found.stack.name, logicalId: found.logicalId, type, reason });

  const queues = all('AWS::SQS::Queue').map((found) => readQueue(found, options.endpoints, accountId));
  const tables = all('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(readTable);
  const functions = all('AWS::Lambda::Function').flatMap((found) => {
    const read = readFunction(found, assembly);
    if (typeof read !== 'string') return [read];
    skip(found, 'AWS::Lambda::Function', read);
    return [];
  });
  const named = (reference: string) => functionNamed(functions, reference);

  return {
    region,
    accountId,
    tables,
    buckets: all('AWS::S3::Bucket').map(readBucket),
    functions,
    streams: all('AWS::Lambda::EventSourceMapping').flatMap((found) => {
      const read = readStreamMapping(found, tables, named);
      if (typeof read !== 'string') return [read];
      skip(found, 'AWS::Lambda::EventSourceMapping', read);
      return [];
    }),
    stateMachines: all('AWS::StepFunctions::StateMachine').map((found) => readStateMachine(found, assembly)),
    api: readApi(all, named),
    schedules: all('AWS::Scheduler::Schedule').flatMap((found) => readSchedule(found)),
    queues,
    ignored,
  };
}

/** The function that a name, an ARN or an ARN with version or alias stands for. */
export function functionNamed(functions: readonly FunctionModel[], reference: string): FunctionModel {
  const name = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(reference)?.[1] ?? reference.split(':')[0];
  const found = functions.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no function ${reference} in the assembly`);
  return found;
}

function findAll(assembly: Assembly, resolver: Resolver, types: readonly string[]): Found[] {
  return assembly.stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {})
      .filter(([, resource]) => types.includes(resource.Type) && resolver.holds(resource.Condition, stack))
      .map(([logicalId, resource]) => ({
        stack,
        logicalId,
        name: resolver.nameOf(stack, logicalId),
        arn: resolver.arnOf(stack, logicalId),
        properties: () => resolver.evaluate(resource.Properties ?? {}, stack),
      })),
  );
}

function parse<T>(schema: z.ZodType<T>, found: Found): T {
  const parsed = schema.safeParse(found.properties());
  if (parsed.success) return parsed.data;
  throw new Error(`${found.logicalId} of stack ${found.stack.name}: ${z.prettifyError(parsed.error)}`);
}

/** CloudFormation lets numbers and truth values be written as text. */
const number = z.coerce.number();
const flag = z.union([z.boolean(), z.stringbool()]);

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()) }).partial(),
});
const tableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).default([]),
  LocalSecondaryIndexes: z.array(index).default([]),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: flag }).optional(),
});

function readTable(found: Found): TableModel {
  const properties = parse(tableProperties, found);
  const ttl = properties.TimeToLiveSpecification;
  return {
    name: found.name,
    arn: found.arn,
    attributeDefinitions: properties.AttributeDefinitions,
    keySchema: properties.KeySchema,
    globalIndexes: properties.GlobalSecondaryIndexes.map(withoutUndefined),
    localIndexes: properties.LocalSecondaryIndexes.map(withoutUndefined),
    streamViewType: properties.StreamSpecification?.StreamViewType,
    ttlAttribute: ttl?.Enabled ? ttl.AttributeName : undefined,
  };
}

function withoutUndefined(read: z.infer<typeof index>): TableModel['globalIndexes'][number] {
  const { ProjectionType, NonKeyAttributes } = read.Projection;
  return {
    IndexName: read.IndexName,
    KeySchema: read.KeySchema,
    Projection: { ...(ProjectionType && { ProjectionType }), ...(NonKeyAttributes && { NonKeyAttributes }) },
  };
}

function readBucket(found: Found): BucketModel {
  const { CorsConfiguration } = parse(z.object({ CorsConfiguration: z.unknown().optional() }), found);
  return CorsConfiguration === undefined ? { name: found.name } : { name: found.name, cors: CorsConfiguration };
}

const functionProperties = z.object({
  Code: z.object({ S3Key: z.string().optional() }),
  Handler: z.string().optional(),
  Runtime: z.string().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
});

/** The function, or why it cannot run here. */
function readFunction(found: Found, assembly: Assembly): FunctionModel | string {
  const properties = parse(functionProperties, found);
  if (!properties.Runtime?.startsWith('nodejs')) return `runtime ${properties.Runtime ?? 'of an image'} is not run`;
  const assetDirectory = properties.Code.S3Key && assembly.assets.get(properties.Code.S3Key);
  if (!assetDirectory || !properties.Handler) return 'only functions with an asset of the assembly are run';
  if (!statSync(assetDirectory).isDirectory()) return 'the asset is an archive';
  return {
    name: found.name,
    arn: found.arn,
    assetDirectory,
    handler: properties.Handler,
    environment: properties.Environment?.Variables ?? {},
    timeoutSeconds: properties.Timeout,
    memoryMb: properties.MemorySize,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
  };
}

const mappingProperties = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string().optional(),
  BatchSize: number.default(100),
  MaximumBatchingWindowInSeconds: number.default(0),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  Enabled: flag.default(true),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) }).optional(),
  MaximumRetryAttempts: number.default(-1),
  MaximumRecordAgeInSeconds: number.default(-1),
  BisectBatchOnFunctionError: flag.default(false),
  FunctionResponseTypes: z.array(z.string()).default([]),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** The mapping, or why it is not run. */
function readStreamMapping(
  found: Found,
  tables: readonly TableModel[],
  named: (reference: string) => FunctionModel,
): StreamMapping | string {
  const properties = parse(mappingProperties, found);
  const table = tables.find((candidate) => properties.EventSourceArn?.startsWith(`${candidate.arn}/stream/`));
  if (!table) return 'only streams of the assembly’s tables are read';
  if (!properties.Enabled) return 'it is disabled';
  return {
    id: found.name,
    functionName: named(properties.FunctionName).name,
    tableName: table.name,
    batchSize: properties.BatchSize,
    batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
    startingPosition: properties.StartingPosition,
    filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern)),
    maximumRetryAttempts: properties.MaximumRetryAttempts,
    maximumRecordAgeSeconds: properties.MaximumRecordAgeInSeconds,
    bisectBatchOnFunctionError: properties.BisectBatchOnFunctionError,
    reportBatchItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
  };
}

const machineProperties = z.object({
  DefinitionString: z.string().optional(),
  Definition: z.unknown().optional(),
  DefinitionS3Location: z.object({ Key: z.string() }).optional(),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).default({}),
});

function readStateMachine(found: Found, assembly: Assembly): StateMachineModel {
  const properties = parse(machineProperties, found);
  const asset = properties.DefinitionS3Location && assembly.assets.get(properties.DefinitionS3Location.Key);
  const text =
    properties.DefinitionString ??
    (asset ? readFileSync(asset, 'utf8') : properties.Definition ? JSON.stringify(properties.Definition) : undefined);
  if (text === undefined) throw new Error(`state machine ${found.logicalId} has no definition in the assembly`);
  const substituted = text.replace(/\$\{([^}]+)\}/g, (whole, key: string) => {
    const value = properties.DefinitionSubstitutions[key];
    return value === undefined ? whole : JSON.stringify(value).slice(1, -1);
  });
  return { name: found.name, arn: found.arn, definition: JSON.parse(substituted) };
}

const apiProperties = z.object({
  ProtocolType: z.string(),
  CorsConfiguration: z
    .object({
      AllowOrigins: z.array(z.string()).default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowHeaders: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      MaxAge: number.optional(),
      AllowCredentials: flag.default(false),
    })
    .optional(),
});
const integrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: number.default(30_000),
});
const authorizerProperties = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.array(z.string()).default(['$request.header.Authorization']),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()).default([]) }),
});
const routeProperties = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});
const throttling = z.object({
  ThrottlingRateLimit: number.optional(),
  ThrottlingBurstLimit: number.optional(),
});
const stageProperties = z.object({
  StageName: z.string(),
  DefaultRouteSettings: throttling.optional(),
  RouteSettings: z.record(z.string(), throttling).default({}),
});

function readApi(
  all: (...types: string[]) => Found[],
  named: (reference: string) => FunctionModel,
): ApiModel | undefined {
  const apis = all('AWS::ApiGatewayV2::Api').filter((found) => parse(apiProperties, found).ProtocolType === 'HTTP');
  const [api] = apis;
  if (!api) return undefined;
  if (apis.length > 1) throw new Error('the assembly has more than one HTTP API; one can be served');

  const integrations = new Map(
    all('AWS::ApiGatewayV2::Integration').map((found) => [found.name, parse(integrationProperties, found)]),
  );
  const authorizers = new Map<string, AuthorizerModel>(
    all('AWS::ApiGatewayV2::Authorizer').map((found) => {
      const { IdentitySource, JwtConfiguration } = parse(authorizerProperties, found);
      const { Issuer: issuer, Audience: audience } = JwtConfiguration;
      return [found.name, { id: found.name, issuer, audience, identitySources: IdentitySource }];
    }),
  );
  const [stage] = all('AWS::ApiGatewayV2::Stage').map((found) => parse(stageProperties, found));

  const routes = all('AWS::ApiGatewayV2::Route').map((found): RouteModel => {
    const route = parse(routeProperties, found);
    const integration = integrations.get(route.Target.replace('integrations/', ''));
    if (!integration) throw new Error(`route ${route.RouteKey} has no integration`);
    const authorizer = route.AuthorizerId ? authorizers.get(route.AuthorizerId) : undefined;
    if (route.AuthorizationType === 'JWT' && !authorizer) throw new Error(`route ${route.RouteKey} has no authorizer`);
    const settings = { ...stage?.DefaultRouteSettings, ...stage?.RouteSettings[route.RouteKey] };
    const rate = settings.ThrottlingRateLimit;
    // Either the function's ARN or the long form that carries it: `…:lambda:path/2015-03-31/functions/<arn>/invocations`.
    const target = /functions\/(.+)\/invocations$/.exec(integration.IntegrationUri)?.[1] ?? integration.IntegrationUri;
    return {
      routeKey: route.RouteKey,
      functionName: named(target).name,
      timeoutMs: integration.TimeoutInMillis,
      authorizer: route.AuthorizationType === 'JWT' ? authorizer : undefined,
      scopes: route.AuthorizationScopes,
      throttle:
        rate === undefined
          ? undefined
          : { ratePerSecond: rate, burst: settings.ThrottlingBurstLimit ?? Math.ceil(rate) },
    };
  });
  const cors = parse(apiProperties, api).CorsConfiguration;
  return {
    id: api.name.slice(0, 10),
    stage: stage?.StageName ?? '$default',
    cors: cors && {
      allowOrigins: cors.AllowOrigins,
      allowMethods: cors.AllowMethods,
      allowHeaders: cors.AllowHeaders,
      exposeHeaders: cors.ExposeHeaders,
      maxAgeSeconds: cors.MaxAge,
      allowCredentials: cors.AllowCredentials,
    },
    routes,
  };
}

const scheduleProperties = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  StartDate: z.string().optional(),
  EndDate: z.string().optional(),
  Target: z.object({
    Arn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z
      .object({ MaximumRetryAttempts: number.optional(), MaximumEventAgeInSeconds: number.optional() })
      .optional(),
    DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
  }),
});

function readSchedule(found: Found): ScheduleModel[] {
  const properties = parse(scheduleProperties, found);
  if (properties.State === 'DISABLED') return [];
  const { Target: target } = properties;
  return [
    {
      name: found.name,
      arn: found.arn,
      expression: properties.ScheduleExpression,
      timeZone: properties.ScheduleExpressionTimezone,
      startAt: properties.StartDate === undefined ? undefined : Date.parse(properties.StartDate),
      endAt: properties.EndDate === undefined ? undefined : Date.parse(properties.EndDate),
      targetArn: target.Arn,
      input: target.Input,
      maximumRetryAttempts: target.RetryPolicy?.MaximumRetryAttempts ?? 185,
      maximumEventAgeSeconds: target.RetryPolicy?.MaximumEventAgeInSeconds ?? 86_400,
      deadLetterArn: target.DeadLetterConfig?.Arn,
    },
  ];
}

function readQueue(found: Found, endpoints: Endpoints, accountId: string): QueueModel {
  const { VisibilityTimeout } = parse(z.object({ VisibilityTimeout: number.default(30) }), found);
  return {
    name: found.name,
    arn: found.arn,
    url: `${endpoints.queues}/${accountId}/${found.name}`,
    visibilityTimeoutSeconds: VisibilityTimeout,
  };
}
