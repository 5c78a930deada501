/** What the runtime runs: the resources of an assembly that matter on one machine, with every reference resolved. */
export interface Model {
  readonly region: string;
  readonly accountId: string;
  readonly tables: readonly TableModel[];
  readonly buckets: readonly BucketModel[];
  readonly functions: readonly FunctionModel[];
  readonly streams: readonly StreamMapping[];
  readonly stateMachines: readonly StateMachineModel[];
  readonly api: ApiModel | undefined;
  readonly schedules: readonly ScheduleModel[];
  readonly queues: readonly QueueModel[];
  /** Resources that do something in the cloud and nothing here, each with the reason. */
  readonly ignored: readonly { stack: string; logicalId: string; type: string; reason: string }[];
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexModel {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

export interface TableModel {
  readonly name: string;
  readonly arn: string;
  readonly attributeDefinitions: readonly { AttributeName: string; AttributeType: string }[];
  readonly keySchema: readonly KeySchemaElement[];
  readonly globalIndexes: readonly IndexModel[];
  readonly localIndexes: readonly IndexModel[];
  readonly streamViewType: string | undefined;
  readonly ttlAttribute: string | undefined;
}

export interface BucketModel {
  readonly name: string;
  readonly cors?: unknown;
}

export interface FunctionModel {
  readonly name: string;
  readonly arn: string;
  readonly assetDirectory: string;
  /** `<file without extension>.<export>`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | undefined;
}

/** A function fed from a table's stream. */
export interface StreamMapping {
  readonly id: string;
  readonly functionName: string;
  readonly tableName: string;
  readonly batchSize: number;
  /** For how long records are gathered before the function is called; 0: they are not. */
  readonly batchingWindowSeconds: number;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** Event patterns, of which one must match; none means every record. */
  readonly filters: readonly unknown[];
  /** -1: for ever. */
  readonly maximumRetryAttempts: number;
  /** -1: of any age. */
  readonly maximumRecordAgeSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
  readonly onFailureArn: string | undefined;
}

export interface StateMachineModel {
  readonly name: string;
  readonly arn: string;
  readonly definition: unknown;
}

export interface ApiModel {
  readonly id: string;
  readonly stage: string;
  readonly cors: CorsModel | undefined;
  readonly routes: readonly RouteModel[];
}

export interface CorsModel {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly allowCredentials: boolean;
}

export interface RouteModel {
  /** As in the template: `GET /v1/orders/{orderId}`, `ANY /v1/{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly authorizer: AuthorizerModel | undefined;
  readonly scopes: readonly string[];
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number } | undefined;
}

export interface AuthorizerModel {
  readonly id: string;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** `$request.header.Authorization` and the like. */
  readonly identitySources: readonly string[];
}

export interface ScheduleModel {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly startAt: number | undefined;
  readonly endAt: number | undefined;
  readonly targetArn: string;
  /** Text handed to the target, placeholders such as `<aws.scheduler.scheduled-time>` unresolved. */
  readonly input: string | undefined;
  readonly maximumRetryAttempts: number;
  /** How late a firing may still be handed over. */
  readonly maximumEventAgeSeconds: number;
  readonly deadLetterArn: string | undefined;
}

export interface QueueModel {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
}
