import type { Entities, EntityId, EntityName } from '../entities.ts';
import type { Balances } from '../ledger/accounts.ts';
import type { Posting } from '../ledger/posting.ts';
import type { Book, Counted } from '../progress/tally.ts';
import type { QueryArguments, QueryName, QueryResult } from '../queries.ts';
import type { RuleName } from '../rules/index.ts';
import type { LocalBalances, LocalPosting } from '../topups/local-ledger.ts';
import type { DomainEvent } from './events.ts';

/** One page of a list; `next` is an opaque cursor. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Reads of the single table. Reads by id are strongly consistent; money is never decided from a list. */
export interface Reads {
  get<E extends EntityName>(entity: E, id: EntityId<E>): Promise<Entities[E] | undefined>;
  getMany<E extends EntityName>(entity: E, ids: readonly EntityId<E>[]): Promise<readonly Entities[E][]>;
  list<Q extends QueryName>(
    query: Q,
    args: QueryArguments<Q>,
    page?: { readonly limit?: number; readonly cursor?: string },
  ): Promise<Page<QueryResult<Q>>>;
  /** A year's fund and specs at one moment (all zero and none before its plan opens). */
  pool(year: number): Promise<Pool>;
  /**
   * The same without stopping for writers: each part is true, but not all of one moment. Enough where there is plenty;
   * nothing is refused by it.
   */
  poolEstimate(year: number): Promise<Pool>;
  /** Balances of a year's fund: those of its pool. */
  fund(year: number): Promise<Balances>;
  /** What is left of a spec in the pool; undefined when the plan has no such spec. */
  spec(year: number, specId: string): Promise<SpecBalance | undefined>;
  /** Fen of the yearly cap that the enterprise has used (clause 五-(三)). */
  capUsed(year: number, uscc: string): Promise<number>;
  /** Fen that a provider's customers have of its quota of a year; 0 while the plan sets none. */
  providerUsed(year: number, providerId: string): Promise<number>;
  /** Balances of the fund of a local policy. */
  localFund(policyId: string): Promise<LocalBalances>;
  /** Fen that the enterprise had of a local policy in its year. */
  localUsed(policyId: string, uscc: string): Promise<number>;
  /** What was counted of a year, or of organisations: follows what is stored within seconds, and decides nothing. */
  progress(book: Book): Promise<readonly Counted[]>;
  /** An entry of a year's journal. */
  posting(year: number, id: string): Promise<Posting | undefined>;
  /** The owner of something that counts once, ever (clause 五-(三)). */
  uniqueOwner(kind: UniqueKind, key: string): Promise<string | undefined>;
}

/** The money of a year and what is left of its specs, read together. */
export interface Pool {
  /** Somebody waits for money of the year: whoever has no place is kept out (see `waiting-list.ts`). */
  readonly waiting: boolean;
  readonly balances: Balances;
  readonly specs: Readonly<Record<string, SpecBalance>>;
}

export interface SpecBalance {
  readonly specId: string;
  readonly leftAmount: number;
  readonly leftCount: number;
  readonly usedAmount: number;
  readonly usedCount: number;
}

/**
 * Things that exist once, ever: `organisation-uscc` (key: kind#uscc), `member` (subject), `contract-number`
 * (provider#number), `invoice` (code#number), `bank-serial` (serial), `claim-window` (provider#year), …
 */
export type UniqueKind =
  | 'organisation-uscc'
  | 'contract-number'
  | 'invoice'
  | 'bank-serial'
  | 'claim-window'
  | 'claimed-voucher'
  | 'evidence-document'
  | 'record-number'
  | 'payout-line-answer'
  | 'plan-year';

/**
 * One write of a command. All changes of a decision are one transaction: either every one is stored or none.
 * `rule` names the refusal when the condition of that write fails and reading again does not explain it.
 */
export type Change =
  | EntityChange
  /** Something that counts once, ever. Fails with `rule` when another owner has it; the same owner may repeat it. */
  | {
      readonly do: 'claim-unique';
      readonly kind: UniqueKind;
      readonly key: string;
      readonly owner: string;
      readonly rule: RuleName;
    }
  /** Gives back what its owner claimed by mistake, such as a mistyped invoice number that never counted for money. */
  | { readonly do: 'release-unique'; readonly kind: UniqueKind; readonly key: string; readonly owner: string }
  /** A ledger transaction with its effects on fund, spec and cap balances, each under its condition. */
  | {
      readonly do: 'post';
      readonly posting: Posting;
      /** It takes money that somebody may wait for, and the same transaction says on which figures of the list. */
      readonly pastWaitingList?: boolean;
    }
  /** Keeps everybody without a place out of a year's pool, or lets them in again. */
  | { readonly do: 'mark-waiting'; readonly year: number; readonly waiting: boolean }
  /** A movement of a local fund, with its balance and what the enterprise had of it, each under its condition. */
  | { readonly do: 'post-local'; readonly posting: LocalPosting }
  /** Opens the balances of a spec when a plan opens. */
  | {
      readonly do: 'open-spec';
      readonly year: number;
      readonly specId: string;
      readonly amount: number;
      readonly count: number;
    }
  /** A later version of the plan makes a spec larger or smaller, by so much (clause 五-(一)). Nothing used is taken away. */
  | {
      readonly do: 'resize-spec';
      readonly year: number;
      readonly specId: string;
      readonly amount: number;
      readonly count: number;
    }
  /** What happens after the commit: the stream carries it to the workflows. */
  | { readonly do: 'event'; readonly event: DomainEvent };

type EntityChange = {
  [E in EntityName]:
    | { readonly do: 'create'; readonly entity: E; readonly value: Entities[E]; readonly rule?: RuleName }
    /** `value.version` is the new version; the stored one must be one less, in one of `from` if given. */
    | {
        readonly do: 'update';
        readonly entity: E;
        readonly value: Entities[E];
        readonly from?: readonly string[];
        /** Two-person rule in the storage condition: none of these stored attributes may hold this subject. */
        readonly unlessSubject?: { readonly sub: string; readonly attributes: readonly string[] };
        /** In the storage condition: nobody has it in hand but this subject, by the stored attributes. */
        readonly unlessHeld?: { readonly by: string; readonly name: string; readonly exceptBy: string };
        readonly audit: AuditNote;
      }
    /** Asserts, without writing, that an entity still has this version. */
    | { readonly do: 'check'; readonly entity: E; readonly id: EntityId<E>; readonly version: number };
}[EntityName];

/** What the immutable trail says of a change (clause 一-(二), registered). */
export interface AuditNote {
  /** Name of the transition or the action. */
  readonly action: string;
  readonly reasonCode?: string;
  readonly note?: string;
}

/** What a use case decided: the answer and all that must be written for it. Nothing is written until it is committed. */
export interface Decision<T> {
  readonly result: T;
  readonly changes: readonly Change[];
}
