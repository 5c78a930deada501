import type { AnyRouteContract } from '../../contracts/route.ts';
import type { Answered, Call, Caller } from '../support/http-event.ts';
import type { SimulatedClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Item, Written } from './history.ts';
import { type Asked, type ClientLog, isDefinite } from './log.ts';
import { chanceOf, type Random, randomOf } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

/** What people live in. */
export interface Surroundings {
  readonly seed: number;
  readonly clock: SimulatedClock;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly log: ClientLog;
  /** Sends a request to the function that serves it. Rejects when no answer comes. */
  readonly request: (contract: AnyRouteContract, caller: Caller | undefined, call: Call) => Promise<Answered>;
  /** People and deeds that this run leaves out. */
  readonly without: ReadonlySet<string>;
  /** Whoever lives here, and what they did so far. */
  readonly people: string[];
  readonly deeds: string[];
  /** Tells whoever wants to know of everything that is written: the letters and telephones of the real world. */
  readonly onWritten: (tell: (written: Written) => void) => void;
}

// biome-ignore lint/suspicious/noExplicitAny: people look into answers of every shape
type Body = any;

export interface Person {
  readonly name: string;
  readonly random: Random;
  readonly now: () => number;
  /** Reads; undefined when refused or when no answer came however often. */
  read(contract: AnyRouteContract, what?: Call): Promise<Body>;
  /** Does something once, however often it must be sent. Undefined when no answer came. */
  do(contract: AnyRouteContract, what?: Call): Promise<Answered | undefined>;
  /** Something this person decided to do; a run may leave it out. */
  deed(name: string, work: () => Promise<void>): Promise<void>;
  /** Looks around again at this moment. */
  comeBack(at: number): void;
}

export interface Life {
  readonly name: string;
  readonly caller: Caller | undefined;
  /** News that make this person look around. */
  readonly cares?: (item: Item) => boolean;
  /** Moments at which it looks around without news. */
  readonly appointments?: readonly number[];
  /** What it does when it looks around: it sees what it reads, and nothing else. */
  readonly look: (me: Person) => Promise<void>;
}

const MOST_ATTEMPTS = 15;
const MOST_READS = 6;
const MINUTE = 60_000;
const TOO_LARGE = 300_000;

/** Lets a person live: it looks around when there is news, sooner or later, and does what there is to be done. */
export function live(world: Surroundings, life: Life): void {
  const { clock, faults, scheduler, trace } = world;
  if (world.without.has(life.name)) return;
  world.people.push(life.name);
  const random = randomOf(world.seed, life.name);
  let deeds = 0;
  let asked = 0;
  let current = '';

  const send = async (one: Asked, id: string, requestId: string): Promise<Answered | undefined> => {
    const come = await world
      .request(one.contract, life.caller, {
        ...one.what,
        requestId: `${world.seed}.${requestId}`,
      })
      .catch(() => undefined);
    if (come && isDefinite(come)) {
      one.answers.push(come);
      one.answeredAt ??= clock.now();
    }
    trace.write(id, come ? `${come.status}${come.body?.code ? ` ${come.body.code}` : ''}` : 'no answer');
    return come;
  };

  /** One sending over a network that may lose, repeat and delay it. */
  const attempt = async (one: Asked, id: string): Promise<Answered | undefined> => {
    one.attempts += 1;
    const isCommand = one.contract.method !== 'GET';
    const fault = faults.at(
      id,
      isCommand
        ? ['client-request-lost', 'client-reply-lost', 'client-sent-twice', 'client-sent-after-ten-minutes']
        : ['client-request-lost', 'client-reply-lost'],
    );
    await scheduler.turn({ who: id, what: `${one.contract.operation}${fault ? ` !${fault}` : ''}` }, () => undefined);
    switch (fault) {
      case 'client-request-lost':
        return undefined;
      case 'client-reply-lost':
        await send(one, id, id);
        // What came is on record, as whoever counts the effects must know it; the client does not.
        return undefined;
      case 'client-sent-twice': {
        const [first, second] = await Promise.all([send(one, id, id), send(one, `${id}'`, `${id}-2`)]);
        return first ?? second;
      }
      case 'client-sent-after-ten-minutes':
        clock.at(clock.now() + (11 + chanceOf(id) * 50) * MINUTE, async () => {
          await scheduler.turn({ who: `${id}'`, what: `${one.contract.operation} again` }, () => undefined);
          await send(one, `${id}'`, `${id}-2`);
        });
        return send(one, id, id);
      default:
        return send(one, id, id);
    }
  };

  const ask = async (contract: AnyRouteContract, what: Call, most: number): Promise<Answered | undefined> => {
    asked += 1;
    const isCommand = contract.method !== 'GET';
    const id = `${life.name}.${asked}`;
    const whole: Call = { ...(isCommand ? { body: {}, key: `key-${world.seed}-${id}` } : {}), ...what };
    const one: Asked = {
      ...{ who: life.name, sub: life.caller?.sub, deed: current, contract, what: whole },
      ...{ askedAt: clock.now(), attempts: 0, answers: [] },
    };
    if (isCommand) world.log.add(one);
    for (let n = 1; n <= most; n++) {
      const come = await attempt(one, `${id}.${n}`);
      if (come && isDefinite(come)) return come;
      await clock.sleep(Math.min(MINUTE, 500 * 2 ** n) * (0.5 + random.next()));
    }
    return undefined;
  };

  let news = false;
  let wake: () => void = () => undefined;
  const call = () => {
    news = true;
    wake();
  };

  const me: Person = {
    name: life.name,
    random,
    now: clock.now,
    async read(contract, what = {}) {
      const come = await ask(contract, what, MOST_READS);
      return come && come.status === 200 ? come.body : undefined;
    },
    async do(contract, what = {}) {
      if (faults.at(`${life.name}.${asked}/size`, ['oversized-payload'])) {
        await ask(contract, { ...what, rawBody: JSON.stringify({ padding: 'x'.repeat(TOO_LARGE) }) }, 1);
      }
      return ask(contract, what, MOST_ATTEMPTS);
    },
    async deed(name, work) {
      deeds += 1;
      const id = `${life.name}#${deeds}`;
      if (world.without.has(id)) return;
      world.deeds.push(id);
      current = `${id} ${name}`;
      trace.write(life.name, `▶ ${current}`);
      await work();
    },
    comeBack: (at) => void clock.at(at, call),
  };

  const days = async () => {
    for (;;) {
      if (!news) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      // Often at once, so that people meet; else in an hour or a day.
      if (!random.chance(world.seed % 2 === 0 ? 0.8 : 0.5))
        await clock.sleep(random.pick([20, 60, 60 * 24]) * MINUTE * random.next());
      news = false;
      await life.look(me);
    }
  };
  world.onWritten(({ item }) => {
    if (life.cares?.(item)) call();
  });
  for (const at of life.appointments ?? []) clock.at(at, call);
  void days();
}
