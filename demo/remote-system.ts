import { type Access, Person } from './client.ts';
import { CLIENT_ID, type System } from './system.ts';
import { untilAnswered } from './until-answered.ts';

/** Addresses of a system that runs in another process; they have to stay the same when it is started again. */
export interface Addresses {
  readonly apiUrl: string;
  readonly issuerUrl: string;
  readonly controlUrl: string;
}

/** A system in another process, used over HTTP alone; it may end and be started again in between. */
export async function connectSystem(addresses: Addresses, onAccepted?: Access['onAccepted']): Promise<System> {
  const { apiUrl, issuerUrl, controlUrl } = addresses;
  /** What the system's clock is ahead of ours. */
  let offset = 0;
  const tell = async (order?: object) => {
    const { status, body } = await untilAnswered(async () => {
      const response = await fetch(
        `${controlUrl}/clock`,
        order && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) },
      );
      return { status: response.status, body: (await response.json()) as { epochMs: number; message?: string } };
    });
    if (status !== 200) throw new Error(`the clock answers ${status}: ${body.message}`);
    offset = body.epochMs - Date.now();
  };
  await tell();

  const now = () => Date.now() + offset;
  /** Only an order that may arrive twice can be given again: to a time, and none that has passed. */
  const advanceTo = async (target: number) => {
    for (;;) {
      await tell();
      if (now() >= target) return;
      try {
        await tell({ to: new Date(target).toISOString() });
      } catch (error) {
        // The order that was lost did move it: it is there already.
        await tell();
        if (now() < target) throw error;
      }
    }
  };
  return {
    person: (username) =>
      new Person(username, { apiUrl, issuerUrl, clientId: CLIENT_ID, now, ...(onAccepted && { onAccepted }) }),
    clock: {
      now,
      advanceTo,
      async advanceBy(milliseconds) {
        await tell();
        await advanceTo(now() + milliseconds);
      },
    },
  };
}
