import type { AnyRouteContract } from '../../contracts/route.ts';
import type { Answered, Call } from '../support/http-event.ts';

/** One command or reading of a client, with every answer that it saw. */
export interface Asked {
  readonly who: string;
  /** As the API knows it. */
  readonly sub: string | undefined;
  readonly deed: string;
  readonly contract: AnyRouteContract;
  readonly what: Call;
  /** When it was sent first. */
  readonly askedAt: number;
  /** How often it was sent. */
  attempts: number;
  /** When the first definite answer came. */
  answeredAt?: number;
  /** Definite answers, in the order in which they came: the first is what the client believes. */
  readonly answers: Answered[];
}

/** Whether an answer settles the matter: whoever is told to come back, or of a fault, asks the same again. */
export const isDefinite = ({ status, body }: Answered): boolean => status < 500 && body?.code !== 'try-again';

export const isAccepted = ({ status }: Answered): boolean => status < 300;

/** The clients' own log: what they asked for and what they were told, whatever the table says. It is the oracle. */
export interface ClientLog {
  readonly asked: readonly Asked[];
  add(asked: Asked): void;
  /** Commands of an operation that were accepted, with what they were answered. */
  accepted(operation: string): readonly { readonly asked: Asked; readonly answer: Answered }[];
}

export function createClientLog(): ClientLog {
  const asked: Asked[] = [];
  return {
    asked,
    add: (one) => void asked.push(one),
    accepted: (operation) =>
      asked.flatMap((one) => {
        const answer = one.answers.find(isAccepted);
        return one.contract.operation === operation && answer ? [{ asked: one, answer }] : [];
      }),
  };
}
