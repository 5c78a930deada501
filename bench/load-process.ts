import type { LoadJob, LoadOutcome } from './load.ts';
import { Connection, type WireAnswer } from './sockets.ts';

/** The clients, in a process of their own: receives one job, answers with its outcome, ends. */
process.once('message', (job: LoadJob) => {
  run(job).then(
    (outcome) => process.send?.(outcome, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run({ url, requests, clients, seconds, keepBodies }: LoadJob): Promise<LoadOutcome> {
  const connections = await Promise.all(Array.from({ length: clients }, () => Connection.open(url)));
  const answers: (WireAnswer | undefined)[] = [];
  const started = performance.now();
  const deadline = seconds === undefined ? Number.POSITIVE_INFINITY : started + seconds * 1000;
  let next = 0;
  const client = async (connection: Connection) => {
    for (;;) {
      const at = next;
      next += 1;
      // With a time given the requests go round and round, else each is sent once.
      const request = seconds === undefined ? requests[at] : requests[at % requests.length];
      if (request === undefined || performance.now() >= deadline) return;
      answers[at] = await connection.send(request);
    }
  };
  await Promise.all(connections.map(client));
  const took = (performance.now() - started) / 1000;
  for (const connection of connections) connection.close();
  const done = answers.filter((answer) => answer !== undefined);
  const statuses: Record<number, number> = {};
  for (const { status } of done) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    seconds: took,
    latencies: done.map((answer) => answer.milliseconds),
    statuses,
    bodies: keepBodies ? done.map(({ body }) => body) : [],
  };
}
