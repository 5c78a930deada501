import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import { listenOnLoopback } from '../loopback.ts';
import type { Description, Engine, Machine } from './engine.ts';
import { ServiceError } from './errors.ts';
import { historyOf } from './history.ts';
import { fits, type Json } from './json.ts';
import { pageOf } from './paging.ts';
import { requests } from './requests.ts';
import type { Rest } from './rest.ts';
import type { ExecutionSummary } from './summary.ts';

/** The service speaks AWS JSON 1.0: POST /, the action in a header, times in seconds. */
const TARGET_PREFIX = 'AWSStepFunctions.';
/** As the service refuses larger requests whatever is in them. */
const BODY_LIMIT_BYTES = 1024 * 1024;
const DEFAULT_PAGE = 100;

/** Answers a request by its body. @throws ServiceError */
export type Action = (body: unknown) => Promise<object>;

export async function serve(options: {
  engine: Engine;
  rest: Rest;
  port: number;
  region: string;
  accountId: string;
  log(message: string, detail?: object): void;
}): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const actions = createActions(options);
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      const text = JSON.stringify(body);
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(text),
        'x-amzn-requestid': randomUUID(),
      });
      response.end(text);
    };
    // A request is work under way: what it starts must be seen by whoever waits for rest.
    void options.rest.during(
      perform(actions, request).then(
        (body) => answer(200, body),
        (thrown) => {
          if (thrown instanceof ServiceError) {
            return answer(400, { __type: thrown.name, message: thrown.message });
          }
          options.log('request to Step Functions failed', { thrown });
          return answer(500, { __type: 'InternalFailure', message: String(thrown) });
        },
      ),
    );
  });
  const endpoint = await listenOnLoopback(server, options.port);
  return {
    endpoint,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function perform(actions: ReadonlyMap<string, Action>, request: IncomingMessage): Promise<object> {
  const target = String(request.headers['x-amz-target'] ?? '');
  const action = target.startsWith(TARGET_PREFIX) ? actions.get(target.slice(TARGET_PREFIX.length)) : undefined;
  const body = await readBody(request);
  if (!action) throw new ServiceError('UnknownOperationException', `there is no operation ${target} here`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new ServiceError('SerializationException', 'the body is not JSON');
  }
  return action(parsed);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped: an answer to a half-read request would be lost with the connection.
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  if (size > BODY_LIMIT_BYTES) throw new ServiceError('RequestEntityTooLargeException', 'the request is too large');
  return Buffer.concat(chunks).toString('utf8');
}

const seconds = (time: number) => time / 1000;

/** What the service does, by the name of the operation, without the wire. */
export function createActions(options: {
  engine: Engine;
  region: string;
  accountId: string;
}): ReadonlyMap<string, Action> {
  const { engine, accountId, region } = options;
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const roleArn = `arn:${partition}:iam::${accountId}:role/local`;
  const actions = new Map<string, Action>();

  const on = <T>(name: keyof typeof requests, schema: z.ZodType<T>, act: (request: T) => object | Promise<object>) => {
    actions.set(name, async (body) => {
      const parsed = schema.safeParse(body);
      if (!parsed.success) throw new ServiceError('ValidationException', z.prettifyError(parsed.error));
      return act(parsed.data);
    });
  };

  on('StartExecution', requests.StartExecution, async ({ stateMachineArn, name, input }) => {
    const { executionArn, startedAt } = await engine.start(stateMachineArn, name, input ?? '{}');
    return { executionArn, startDate: seconds(startedAt) };
  });
  on('DescribeExecution', requests.DescribeExecution, ({ executionArn }) =>
    descriptionOnWire(engine.describe(executionArn)),
  );
  on('StopExecution', requests.StopExecution, ({ executionArn, error, cause }) => ({
    stopDate: seconds(engine.abort(executionArn, error, cause).stoppedAt),
  }));
  on('RedriveExecution', requests.RedriveExecution, async ({ executionArn }) => ({
    redriveDate: seconds((await engine.redrive(executionArn)).redrivenAt),
  }));
  on('ListExecutions', requests.ListExecutions, (request) => {
    const { stateMachineArn, statusFilter, redriveFilter, maxResults, nextToken } = request;
    engine.machine(stateMachineArn);
    const summaries = engine
      .list()
      .filter((summary) => summary.stateMachineArn === stateMachineArn)
      .filter((summary) => statusFilter === undefined || summary.status === statusFilter)
      .filter(
        ({ redriveCount = 0 }) => redriveFilter === undefined || redriveCount > 0 === (redriveFilter === 'REDRIVEN'),
      );
    const key = (summary: ExecutionSummary) => [-summary.startedAt, summary.name];
    const { items, next } = pageOf(summaries, key, maxResults || DEFAULT_PAGE, nextToken);
    return {
      executions: items.map(({ executionArn, name, status, startedAt, stoppedAt, redriveCount = 0 }) => ({
        executionArn,
        stateMachineArn,
        name,
        status,
        startDate: seconds(startedAt),
        ...(stoppedAt !== undefined && { stopDate: seconds(stoppedAt) }),
        redriveCount,
      })),
      ...next,
    };
  });
  on(
    'GetExecutionHistory',
    requests.GetExecutionHistory,
    ({ executionArn, reverseOrder, includeExecutionData, maxResults, nextToken }) => {
      const includeData = includeExecutionData ?? true;
      const events = historyOf(engine.records(executionArn), { roleArn, includeData });
      const key = ({ id }: { id: number }) => [reverseOrder ? -id : id];
      const { items, next } = pageOf(events, key, maxResults || DEFAULT_PAGE, nextToken);
      return { events: items, ...next };
    },
  );
  on('SendTaskSuccess', requests.SendTaskSuccess, async ({ taskToken, output }) => {
    const value = parseOutput(output);
    await (await engine.taskOf(taskToken)).answer({ output: value });
    return {};
  });
  on('SendTaskFailure', requests.SendTaskFailure, async ({ taskToken, error, cause }) => {
    await (await engine.taskOf(taskToken)).answer({ error: error ?? '', cause: cause ?? '' });
    return {};
  });
  on('SendTaskHeartbeat', requests.SendTaskHeartbeat, async ({ taskToken }) => {
    (await engine.taskOf(taskToken)).heartbeat();
    return {};
  });
  on('ListStateMachines', requests.ListStateMachines, ({ maxResults, nextToken }) => {
    const { items, next } = pageOf(engine.machines, ({ name }) => [name], maxResults || DEFAULT_PAGE, nextToken);
    return {
      stateMachines: items.map(({ name, arn, createdAt }) => ({
        name,
        stateMachineArn: arn,
        type: 'STANDARD',
        creationDate: seconds(createdAt),
      })),
      ...next,
    };
  });
  on('DescribeStateMachine', requests.DescribeStateMachine, ({ stateMachineArn }) => {
    const machine = engine.machine(stateMachineArn);
    return {
      ...machineOnWire(machine, roleArn),
      status: 'ACTIVE',
      type: 'STANDARD',
      creationDate: seconds(machine.createdAt),
    };
  });
  on('DescribeStateMachineForExecution', requests.DescribeStateMachineForExecution, ({ executionArn }) => {
    const machine = engine.machineOf(executionArn);
    return { ...machineOnWire(machine, roleArn), updateDate: seconds(machine.createdAt) };
  });
  return actions;
}

const machineOnWire = ({ name, arn, definition }: Machine, roleArn: string) => ({
  stateMachineArn: arn,
  name,
  definition,
  roleArn,
});

const whole = { included: true };

function descriptionOnWire(execution: Description): object {
  const { startedAt, stoppedAt, redrivenAt, notRedrivable, redriveCount = 0, ...others } = execution;
  return {
    ...others,
    startDate: seconds(startedAt),
    ...(stoppedAt !== undefined && { stopDate: seconds(stoppedAt) }),
    inputDetails: whole,
    ...(execution.output !== undefined && { outputDetails: whole }),
    redriveCount,
    ...(redrivenAt !== undefined && { redriveDate: seconds(redrivenAt) }),
    redriveStatus: notRedrivable === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(notRedrivable !== undefined && { redriveStatusReason: notRedrivable }),
  };
}

/** @throws ServiceError InvalidOutput */
function parseOutput(output: string): Json {
  if (!fits(output)) throw new ServiceError('InvalidOutput', "Invalid Output: 'larger than 256 KiB'");
  try {
    return JSON.parse(output);
  } catch (error) {
    throw new ServiceError('InvalidOutput', `Invalid Output: '${error instanceof Error ? error.message : error}'`);
  }
}
