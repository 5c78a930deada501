import type { Caller } from './http-event.ts';
import type { Side, WholeWorld } from './whole-world.ts';

/**
 * Who may do what, written down by hand and from the policy's point of view: nothing in here is derived from the
 * contracts or from the code that decides, so that the two can contradict each other. A new route has no line here and
 * fails the matrix by its name.
 */

/** Every kind of caller. `own` is the side whose records are asked for, `foreign` has nothing to do with it. */
const callerNames = [
  'nobody',
  /** Signed in, member of nothing, without a role; and with roles that the system does not give. */
  'person',
  'impostor',
  'enterprise',
  'enterprise-clerk',
  'enterprise-foreign',
  'provider',
  'provider-clerk',
  'provider-foreign',
  'city',
  'city-foreign',
  /** A city reviewer whose token names no jurisdiction. */
  'city-lost',
  'regional',
  'finance',
  'auditor',
  /** An auditor who has not declared conflicts of interest. */
  'auditor-undeclared',
  'operator',
  'inspector',
  /** People with more than one hat. */
  'regional+finance',
  'city+auditor',
  'operator+owner',
] as const;
export type CallerName = (typeof callerNames)[number];
export { callerNames };

/** What a record belongs to: which of the own side's ids go into the path. */
export type Subject =
  | 'nothing'
  | 'enterprise'
  | 'provider'
  | 'purchase'
  | 'enterprise-card'
  | 'provider-card'
  | 'enterprise-upload'
  | 'provider-upload'
  | 'public-upload'
  | 'city-task'
  | 'regional-task'
  | 'finance-task'
  | 'auditor-task';

export type Expected = 'allowed' | 401 | 403 | 404;

interface Circle {
  /** Who the routes are for, in words. */
  readonly who: string;
  readonly about: readonly Subject[];
  /** Callers who get through; `own`, `owner` stand for members of the organisation that the record is of. */
  readonly may: string;
  /** Callers who are told that there is no such record; `strangers` for members of every other organisation. */
  readonly unseen?: string;
  /** Callers who know of the record and may not all the same; everybody whom no list names is forbidden too. */
  readonly forbidden?: string;
  readonly operations: string;
}

const members = 'enterprise enterprise-clerk enterprise-foreign provider provider-clerk provider-foreign';
const enterprises = 'enterprise enterprise-clerk enterprise-foreign';
const providers = 'provider provider-clerk provider-foreign';
const departments = 'regional finance';
const auditors = 'auditor auditor-undeclared';
const overseers = 'regional finance inspector';
const allStaff = 'regional finance auditor auditor-undeclared operator inspector';

export const circles: readonly Circle[] = [
  {
    who: 'everybody, without a token too',
    about: ['purchase'],
    may: 'everybody',
    operations: `list-providers browse-catalogue read-public-offering list-categories list-plans read-published-plan read-progress
      read-calendar list-plan-versions read-year-end read-published-local-policies read-waiting-list
      read-voucher-register list-notices read-notice read-notice-lines verify-notice lodge-public-objection
      request-objection-upload read-openapi list-rules`,
  },
  {
    who: 'whoever was given the id of a public upload',
    about: ['public-upload'],
    may: 'everybody',
    operations: 'complete-objection-upload',
  },
  {
    who: 'everybody who is signed in and not staff',
    about: ['purchase'],
    may: `person impostor ${members}`,
    operations: 'register-organisation read-memberships lodge-objection',
  },
  {
    who: 'an organisation, its city and all staff of the region',
    about: ['enterprise', 'provider'],
    may: `own city ${allStaff}`,
    unseen: 'strangers city-foreign',
    operations: `read-organisation read-organisation-trail list-certifications read-certification read-document
      read-document-content open-document-link`,
  },
  {
    who: 'an organisation’s owner, for what binds it',
    about: ['enterprise', 'provider'],
    may: 'owner',
    unseen: 'strangers',
    operations: 'add-member change-member-role',
  },
  {
    who: 'an organisation’s owner, and a member who leaves (the one in the path is the clerk)',
    about: ['enterprise', 'provider'],
    may: 'own',
    unseen: 'strangers',
    operations: 'remove-member',
  },
  {
    who: 'an organisation itself',
    about: ['enterprise', 'provider'],
    may: 'own',
    unseen: 'strangers',
    operations: 'correct-organisation put-identity submit-certification',
  },
  {
    who: 'an organisation itself, for a document that it announced',
    about: ['enterprise-upload', 'provider-upload'],
    may: 'own',
    unseen: 'strangers',
    operations: 'complete-upload',
  },
  {
    who: 'reviewers of registrations',
    about: ['enterprise', 'provider'],
    may: 'city regional',
    unseen: 'city-foreign',
    operations: 'annul-registration',
  },
  {
    who: 'an organisation and who watches over access to identity data',
    about: ['enterprise', 'provider'],
    may: 'own regional inspector',
    unseen: 'strangers',
    operations: 'read-identity-trail',
  },
  {
    who: 'an organisation and inspectors',
    about: ['enterprise', 'provider'],
    may: 'own inspector',
    unseen: 'strangers',
    operations: 'list-members',
  },
  {
    who: 'an organisation and who needs identity data for a decision',
    about: ['enterprise', 'provider'],
    may: `own city ${overseers}`,
    unseen: 'strangers city-foreign',
    operations: 'read-identity',
  },
  {
    who: 'who needs identity data for a decision, with a reason',
    about: ['enterprise', 'provider'],
    may: `city ${overseers}`,
    unseen: 'city-foreign',
    operations: 'disclose-identity',
  },
  {
    who: 'readers of identity cards; others do not know that there is one (四)',
    about: ['enterprise-card', 'provider-card'],
    may: 'own city regional inspector',
    unseen: `strangers city-foreign finance ${auditors} operator`,
    operations: 'read-document open-document-link',
  },
  {
    who: 'nobody opens an identity card without leaving a trace (四)',
    about: ['enterprise-card', 'provider-card'],
    may: '',
    forbidden: 'own city regional inspector regional+finance city+auditor',
    unseen: `strangers city-foreign finance ${auditors} operator`,
    operations: 'read-document-content',
  },
  {
    who: 'every organisation, about its own',
    about: ['purchase'],
    may: members,
    operations: 'request-upload list-documents',
  },
  {
    who: 'a city for its own jurisdiction, and all staff of the region',
    about: ['purchase'],
    may: `city ${allStaff}`,
    operations: 'list-organisations',
  },
  { who: 'every provider', about: ['purchase'], may: providers, operations: 'create-offering list-own-offerings' },
  {
    who: 'every provider, about its own',
    about: ['purchase'],
    may: providers,
    operations: 'open-claim list-payments read-deferrals',
  },
  {
    who: 'the provider of an offering',
    about: ['purchase'],
    may: 'provider provider-clerk',
    unseen: 'provider-foreign',
    operations: 'edit-offering-version add-offering-version submit-offering-version withdraw-offering',
  },
  {
    who: 'the provider of an offering, and all staff of the region',
    about: ['purchase'],
    may: `provider provider-clerk ${allStaff}`,
    unseen: 'provider-foreign',
    operations: 'read-offering list-offering-versions read-offering-version read-offering-trail',
  },
  {
    who: 'every enterprise',
    about: ['purchase'],
    may: enterprises,
    operations: 'preview-entitlement place-order read-yearly-cap',
  },
  {
    who: 'both parties of a purchase, the city of the enterprise, all staff of the region',
    about: ['purchase'],
    may: `enterprise enterprise-clerk provider provider-clerk city ${allStaff}`,
    unseen: 'enterprise-foreign provider-foreign city-foreign',
    operations: `read-order read-order-trail read-place preview-signing read-voucher read-voucher-trail`,
  },
  {
    who: 'an enterprise about its own, staff about one that they name',
    about: ['purchase'],
    may: `enterprise enterprise-clerk city city-foreign ${allStaff}`,
    unseen: 'enterprise-foreign provider-foreign provider provider-clerk',
    operations: 'list-orders list-vouchers',
  },
  {
    who: 'the provider of an order',
    about: ['purchase'],
    may: 'provider provider-clerk',
    unseen: 'provider-foreign',
    operations: 'answer-order decline-order',
  },
  {
    who: 'the enterprise of an order',
    about: ['purchase'],
    may: 'enterprise enterprise-clerk',
    unseen: 'enterprise-foreign',
    operations: 'cancel-order sign-order confirm-delivery',
  },
  {
    who: 'the industry department',
    about: ['purchase'],
    may: 'regional',
    operations: `draft-plan revise-plan announce-calendar draft-plan-version revise-plan-version order-payout
      propose-recovery`,
  },
  {
    who: 'either department',
    about: ['purchase'],
    may: departments,
    operations: `sign-plan open-plan propose-appropriation confirm-appropriation sign-plan-version
      decide-correction`,
  },
  {
    who: 'the finance department',
    about: ['purchase'],
    may: 'finance',
    operations: `request-year-end-survey request-year-end-run read-payment-file record-bank-answers
      correct-payout-line decide-recovery record-repayment propose-correction record-bank-return decide-bank-return`,
  },
  {
    who: 'both departments and inspectors',
    about: ['purchase'],
    may: overseers,
    operations: `read-plan-draft read-plan-trail read-fund read-journal list-order-postings
      trial-balance read-statement read-year-figures read-open-work read-plan-version
      read-year-end-report simulate-policy list-objections read-objection list-payouts read-payout list-payout-lines
      read-payout-trail read-control-totals list-recoveries read-posting list-corrections list-returns-to-confirm`,
  },
  {
    who: 'a city that makes policies of its own',
    about: ['purchase'],
    may: 'city city-foreign',
    operations: 'draft-local-policy',
  },
  {
    who: 'the city of a local policy',
    about: ['purchase'],
    may: 'city',
    unseen: 'city-foreign',
    operations: 'revise-local-policy',
  },
  {
    who: 'the city of a local policy and the industry department',
    about: ['purchase'],
    may: 'city regional',
    unseen: 'city-foreign',
    operations: 'enact-local-policy end-local-policy',
  },
  {
    who: 'the city of a local policy, both departments and inspectors',
    about: ['purchase'],
    may: `city ${overseers}`,
    unseen: 'city-foreign',
    operations: 'read-local-policy read-local-policy-trail read-local-fund read-local-funds read-local-journal',
  },
  {
    who: 'a city for its own jurisdiction, both departments and inspectors',
    about: ['purchase'],
    may: `city ${overseers}`,
    operations: 'list-local-policies',
  },
  {
    who: 'every provider about its own; auditors, departments and inspectors',
    about: ['purchase'],
    may: `${providers} ${auditors} ${overseers}`,
    operations: 'list-claims',
  },
  {
    who: 'the provider of a claim, auditors, departments and inspectors',
    about: ['purchase'],
    may: `provider provider-clerk ${auditors} ${overseers}`,
    unseen: 'provider-foreign',
    operations: 'read-claim read-claim-trail list-claim-items read-claim-item',
  },
  {
    who: 'the provider of a claim',
    about: ['purchase'],
    may: 'provider provider-clerk',
    unseen: 'provider-foreign',
    operations: 'file-claim add-claim-item change-claim-item withdraw-claim-item hear-provider',
  },
  {
    who: 'auditors who have declared their conflicts',
    about: ['purchase'],
    may: 'auditor',
    operations: 'audit-item complete-audit',
  },
  { who: 'auditors, about themselves', about: ['purchase'], may: auditors, operations: 'declare-conflicts' },
  {
    who: 'auditors, about a declaration that they made',
    about: ['purchase'],
    may: 'auditor',
    unseen: 'auditor-undeclared',
    operations: 'read-declaration',
  },
  {
    who: 'the provider of whom money is taken back, departments and inspectors',
    about: ['purchase'],
    may: `provider provider-clerk ${overseers}`,
    unseen: 'provider-foreign',
    operations: 'list-recoveries-of-provider read-recovery read-receivable',
  },
  {
    who: 'whoever has an inbox; inspectors see all',
    about: ['purchase'],
    may: `city city-foreign ${departments} ${auditors} inspector`,
    operations: 'list-tasks',
  },
  ...(
    [
      ['city-task', 'city', `city-foreign ${departments} ${auditors}`],
      ['regional-task', 'regional', `city city-foreign finance ${auditors}`],
      ['finance-task', 'finance', `city city-foreign regional ${auditors}`],
      ['auditor-task', auditors, `city city-foreign ${departments}`],
    ] as const
  ).flatMap(([task, decider, others]): Circle[] => [
    {
      who: 'whose inbox a task is in, and inspectors',
      about: [task],
      may: `${decider} inspector`,
      unseen: others,
      operations: 'read-task read-task-trail',
    },
    {
      who: 'whose inbox a task is in',
      about: [task],
      may: decider,
      unseen: others,
      operations: 'decide-task take-task hand-over-task take-over-task',
    },
  ]),
];

const hats: Partial<Record<CallerName, readonly CallerName[]>> = {
  'regional+finance': ['regional', 'finance'],
  'city+auditor': ['city', 'auditor'],
  // Staff never act for an organisation.
  'operator+owner': ['operator'],
};

/** One line of the declaration spelled out: what each caller gets. */
export interface Declared {
  readonly operation: string;
  readonly who: string;
  readonly subject: Subject;
  readonly expected: Readonly<Record<CallerName, Expected>>;
}

export const declarations: readonly Declared[] = circles.flatMap(
  ({ who, about, may, unseen = '', forbidden = '', operations }) =>
    about.flatMap((subject) => {
      const [allowed, hidden, told] = [may, unseen, forbidden].map((names) => spelled(names, subject));
      const plain = (caller: CallerName): Expected =>
        may === 'everybody' || allowed?.has(caller)
          ? 'allowed'
          : caller === 'nobody'
            ? 401
            : hidden?.has(caller)
              ? 404
              : 403;
      /** Somebody with two hats wears the first that the route admits, and never both. */
      const decide = (caller: CallerName): Expected =>
        told?.has(caller) ? 403 : ((hats[caller] ?? [caller]).map(plain).find((one) => one !== 403) ?? 403);
      const expected = Object.fromEntries(callerNames.map((caller) => [caller, decide(caller)]));
      return words(operations).map((operation) => ({
        operation,
        who,
        subject,
        expected: expected as Record<CallerName, Expected>,
      }));
    }),
);

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** The callers that a circle names, for a record of the enterprise or of the provider. */
function spelled(names: string, subject: Subject): ReadonlySet<string> {
  const provider = subject.startsWith('provider');
  const [own, other] = provider ? ['provider', 'enterprise'] : ['enterprise', 'provider'];
  return new Set(
    words(names).flatMap((name) => {
      if (name === 'own') return [own, `${own}-clerk`];
      if (name === 'owner') return [own];
      if (name === 'strangers') return [`${own}-foreign`, other, `${other}-clerk`, `${other}-foreign`];
      return [name];
    }),
  );
}

/** A caller of each kind, with the header that members of several organisations send. */
export function callerNamed(
  name: CallerName,
  { own, foreign }: WholeWorld,
): { readonly caller?: Caller; readonly headers?: Readonly<Record<string, string>> } {
  const staff = (sub: string, roles: readonly string[], jurisdiction?: string) => ({
    caller: { sub, roles, ...(jurisdiction ? { jurisdiction } : {}) },
  });
  const member = ({ organisationId }: Side['enterprise'], sub = `user-${organisationId}`) => ({
    caller: { sub },
    headers: { 'dengyun-organisation': organisationId },
  });
  switch (name) {
    case 'nobody':
      return {};
    case 'person':
      return { caller: { sub: 'somebody' } };
    case 'impostor':
      return { caller: { sub: 'impostor', roles: ['administrator', 'system', 'enterprise', 'provider', 'person'] } };
    case 'enterprise':
    case 'provider':
      return member(own[name]);
    case 'enterprise-clerk':
      return member(own.enterprise, own.enterprise.sub);
    case 'provider-clerk':
      return member(own.provider, own.provider.sub);
    case 'enterprise-foreign':
      return member(foreign.enterprise);
    case 'provider-foreign':
      return member(foreign.provider);
    case 'city':
      return staff('the-city', ['city-reviewer'], own.jurisdiction);
    case 'city-foreign':
      return staff('the-foreign-city', ['city-reviewer'], foreign.jurisdiction);
    case 'city-lost':
      return staff('the-lost-city', ['city-reviewer']);
    case 'regional':
      return staff('the-regional-officer', ['regional-officer']);
    case 'finance':
      return staff('the-finance-officer', ['finance-officer']);
    case 'auditor':
    case 'operator':
    case 'inspector':
      return staff(`the-${name}`, [name]);
    case 'auditor-undeclared':
      return staff('the-undeclared-auditor', ['auditor']);
    case 'regional+finance':
      return staff('the-double-officer', ['regional-officer', 'finance-officer']);
    case 'city+auditor':
      return staff('the-auditor', ['city-reviewer', 'auditor'], own.jurisdiction);
    case 'operator+owner':
      return {
        ...member(own.enterprise),
        caller: { sub: `user-${own.enterprise.organisationId}`, roles: ['operator'] },
      };
  }
}

/** The ids of the side that the record is of. */
export function idsOfSubject(subject: Subject, side: Side): Readonly<Record<string, string>> {
  const { shared, enterprise, provider, tasks, publicUploadId } = side;
  switch (subject) {
    case 'enterprise':
      return { ...shared, ...enterprise };
    case 'provider':
      return { ...shared, ...provider };
    case 'enterprise-card':
      return { documentId: enterprise.idCardId };
    case 'provider-card':
      return { documentId: provider.idCardId };
    case 'enterprise-upload':
      return { documentId: enterprise.requestedId };
    case 'provider-upload':
      return { documentId: provider.requestedId };
    case 'public-upload':
      return { documentId: publicUploadId };
    case 'city-task':
      return { taskId: tasks['city-reviewer'] };
    case 'regional-task':
      return { taskId: tasks['regional-officer'] };
    case 'finance-task':
      return { taskId: tasks['finance-officer'] };
    case 'auditor-task':
      return { taskId: tasks.auditor };
    default:
      return shared;
  }
}

/** What a list is asked for: the own side's, where it takes a place or a party. */
export const queryOfOwn = (operation: string, { jurisdiction, enterprise, shared }: Side): Record<string, string> => {
  if (operation === 'list-organisations' || operation === 'list-local-policies') return { jurisdiction };
  if (operation === 'list-orders' || operation === 'list-vouchers') return { enterpriseId: enterprise.organisationId };
  return operation === 'list-objections' ? { noticeId: shared.noticeId ?? '' } : {};
};

/** Records that a command names in its body: those of the own side. */
export const bodyOfOwn = (operation: string, body: object, { shared }: Side): object => {
  switch (operation) {
    case 'place-order':
      return { ...body, offeringId: shared.offeringId };
    case 'propose-recovery':
    case 'add-claim-item':
      return { ...body, voucherId: shared.voucherId };
    case 'lodge-objection':
    case 'lodge-public-objection':
      return { ...body, claimItemId: shared.itemId };
    default:
      return body;
  }
};
