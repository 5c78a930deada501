import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Aws, Duration, type Stack } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';
import { ServiceFunction } from './constructs/service-function.ts';
import { allowTableAccess } from './constructs/table-access.ts';
import type { Workflow } from './constructs/workflow.ts';
import type { DataStack } from './data-stack.ts';
import { type FunctionName, forEachFunction, permissions } from './permissions.ts';

/** The functions of the service by name. */
export type Functions = Readonly<Record<FunctionName, ServiceFunction>>;

interface FunctionsProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly code: Readonly<Record<FunctionName, Code>>;
}

/** `orders-api` as `OrdersApi`. */
export const constructId = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** A person waits for an API function; a workflow, or nobody, waits for the others. */
const timeoutOf = (name: FunctionName): Duration =>
  name === 'documents-api'
    ? Duration.seconds(20)
    : name === 'simulations-api'
      ? Duration.seconds(29)
      : name.endsWith('-api')
        ? Duration.seconds(10)
        : name === 'deadlines'
          ? Duration.minutes(5)
          : Duration.minutes(1);

/** Every function with its own role. */
export function createFunctions(stack: Stack, { configuration, data, code }: FunctionsProps): Functions {
  const functions = forEachFunction((name) => {
    const made = new ServiceFunction(stack, constructId(name), {
      configuration,
      name,
      code: code[name],
      timeout: timeoutOf(name),
      // Decoding a scan of 16 megapixels takes about 470 MB beside the function itself.
      ...(name === 'documents-api' ? { memory: 1536 } : {}),
      // A year of 20,000 orders in one request, as fast as one processor can.
      ...(name === 'simulations-api' ? { memory: 1769 } : {}),
      environment: {
        TABLE_NAME: data.table.tableName,
        // Who opens a pool decides its shards; everybody else finds the number with it.
        ...(permissions[name].writes.some((prefix) => prefix === 'fund')
          ? { POOL_SHARDS: String(configuration.poolShards) }
          : {}),
      },
    });
    allowTableAccess(made, data.table, data.tableKey, permissions[name]);
    return made;
  });
  allowDocuments(functions['documents-api'], data);
  return functions;
}

/** Only this function presigns uploads and reads what was uploaded. */
function allowDocuments(documents: ServiceFunction, data: DataStack): void {
  documents.function.addEnvironment('EVIDENCE_BUCKET', data.evidence.bucketName);
  documents.function.addEnvironment('IDENTITY_BUCKET', data.identity.bucketName);
  documents.allow(
    ['s3:PutObject', 's3:GetObject'],
    [data.evidence.arnForObjects('*'), data.identity.arnForObjects('*')],
  );
  // Without it, an object that is not there yet looks like one that may not be read.
  documents.allow(['s3:ListBucket'], [data.evidence.bucketArn, data.identity.bucketArn]);
  documents.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [data.evidenceKey.keyArn, data.identityKey.keyArn], {
    StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.${Aws.URL_SUFFIX}` },
  });
}

/** The relay drives the workflows; the inbox asks whether one still waits. */
export function letFunctionsUse(functions: Functions, workflows: readonly Workflow[]): void {
  const tell = (target: ServiceFunction) => {
    for (const { variable, arn } of workflows) target.function.addEnvironment(variable, arn);
  };
  const machines = workflows.map(({ arn }) => arn);
  const executions = workflows.map((workflow) => workflow.executions);

  const { 'outbox-relay': relay, 'inbox-api': inbox } = functions;
  tell(relay);
  relay.allow(['states:StartExecution', 'states:SendTaskSuccess'], machines);
  relay.allow(['states:StopExecution'], executions);
  tell(inbox);
  inbox.allow(['states:DescribeExecution'], executions);
}
