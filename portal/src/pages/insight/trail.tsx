import { type FormEvent, useState } from 'react';
import type * as z from 'zod';
import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import type { trailEntry } from '../../../../contracts/fields.ts';
import { inboxRoutes } from '../../../../contracts/inbox.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { planRoutes } from '../../../../contracts/plan.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import type { AnyRouteContract } from '../../../../contracts/route.ts';
import { topUpsRoutes } from '../../../../contracts/topups.ts';
import { useList } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { focusFirstRefused, SelectField, TextField } from '../../components/field.tsx';
import { LongTable } from '../../components/long-table.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { minute } from '../../format/format.ts';
import { useCodes } from '../../language/codes.ts';
import { useLanguage } from '../../language/language.tsx';
import { useReasons } from '../../language/reasons.ts';
import { useQuestion } from '../../routing.ts';
import type { Strings } from '../../strings/zh-CN.ts';
import { isId, refusal } from './identifier.ts';
import '../../styles/insight.css';

/** Where the trail of a kind of thing is read, by what. */
interface Kind {
  readonly route: AnyRouteContract;
  /** Of its id; a plan has a year. */
  readonly prefix?: string;
  readonly parameter: string;
}

const kinds = {
  organisation: { route: registryRoutes.readOrganisationTrail, prefix: 'org', parameter: 'organisationId' },
  identity: { route: registryRoutes.readIdentityTrail, prefix: 'org', parameter: 'organisationId' },
  offering: { route: catalogueRoutes.readOfferingTrail, prefix: 'off', parameter: 'offeringId' },
  plan: { route: planRoutes.readPlanTrail, parameter: 'year' },
  order: { route: ordersRoutes.readOrderTrail, prefix: 'ord', parameter: 'orderId' },
  voucher: { route: ordersRoutes.readVoucherTrail, prefix: 'vch', parameter: 'voucherId' },
  claim: { route: claimsRoutes.readClaimTrail, prefix: 'clm', parameter: 'claimId' },
  payout: { route: payoutsRoutes.readPayoutTrail, prefix: 'pay', parameter: 'payoutId' },
  task: { route: inboxRoutes.readTaskTrail, prefix: 'tsk', parameter: 'taskId' },
  policy: { route: topUpsRoutes.readLocalPolicyTrail, prefix: 'lpl', parameter: 'policyId' },
} as const satisfies Readonly<Record<keyof Strings['insight']['trail']['kinds'], Kind>>;
type KindName = keyof typeof kinds;

const isKind = (name: string | undefined): name is KindName => name !== undefined && name in kinds;

type Entry = z.output<typeof trailEntry>;

/** The immutable trail of anything, for inspectors: who, when, what it became, and why (clause 一-(二), registered). */
export default function Trail() {
  const { strings } = useLanguage();
  const text = strings.insight.trail;
  const [question] = useQuestion();
  const kind = isKind(question.kind) ? question.kind : undefined;
  return (
    <Page title={strings.pages.trail} lead={text.lead}>
      <Find />
      {kind && question.id && isNamed(kind, question.id) && (
        <Entries key={`${kind} ${question.id}`} kind={kind} id={question.id} />
      )}
    </Page>
  );
}

const prefixOf = (kind: KindName): string | undefined => {
  const { prefix }: Kind = kinds[kind];
  return prefix;
};

const isNamed = (kind: KindName, id: string): boolean => {
  const prefix = prefixOf(kind);
  return prefix === undefined ? /^20\d\d$/.test(id) : isId(id, prefix);
};

function Find() {
  const { strings } = useLanguage();
  const text = strings.insight.trail;
  const [question, ask] = useQuestion();
  const [kind, setKind] = useState<KindName>(isKind(question.kind) ? question.kind : 'voucher');
  const [id, setId] = useState(question.id ?? '');
  const [refused, setRefused] = useState(false);
  const prefix = prefixOf(kind);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const named = isNamed(kind, id);
    setRefused(!named);
    if (named) ask({ kind, id });
    else focusFirstRefused(event.currentTarget);
  };
  return (
    <form className="card find-form find-form-2" onSubmit={submit} noValidate>
      <SelectField
        label={text.kind}
        pointer="/kind"
        errors={[]}
        value={kind}
        change={(next) => {
          if (isKind(next)) setKind(next);
          setRefused(false);
        }}
        groups={[{ choices: (Object.keys(kinds) as KindName[]).map((name) => [name, text.kinds[name]]) }]}
      />
      <TextField
        label={text.id}
        hint={prefix === undefined ? text.yearHint : text.idHint(`${prefix}_`)}
        pointer="/id"
        errors={refused ? refusal('/id', prefix === undefined ? text.wrongYear : text.wrong(`${prefix}_`)) : []}
        value={id}
        change={(value) => {
          setId(value.trim());
          setRefused(false);
        }}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit">{text.look}</Button>
    </form>
  );
}

function Entries({ kind, id }: { readonly kind: KindName; readonly id: string }) {
  const { strings, language } = useLanguage();
  const codes = useCodes();
  const reasons = useReasons();
  const text = strings.insight.trail;
  const { route, parameter }: Kind = kinds[kind];
  const list = useList(route, { params: { [parameter]: id }, query: { limit: 100 } });
  // Of either form: which kind it is, is known only here.
  const items = list.items as readonly Entry[];
  if (list.error && items.length === 0) return <Failure error={list.error} retry={list.refetch} />;
  if (list.isPending) return <Loading />;
  if (items.length === 0) return <Empty title={text.none} />;
  return (
    <LongTable
      caption={text.kinds[kind]}
      list={{ ...list, items }}
      // Items of a claim that were changed together differ in nothing that a trail tells.
      keyOf={(_, index) => String(index)}
      columns={[
        { title: text.at, cell: ({ at }) => minute(at, language) },
        { title: text.entity, cell: ({ entity }) => codes.entity(entity) },
        { title: text.action, cell: ({ action }) => <strong>{codes.action(action)}</strong> },
        {
          title: text.state,
          cell: ({ toStatus }) => (toStatus ? codes.state(toStatus) : '–'),
        },
        { title: text.by, cell: ({ by }) => codes.role(by.role) },
        {
          title: text.person,
          cell: ({ by }) => (
            <>
              {by.name} <span className="code quiet">{by.sub ?? '–'}</span>
            </>
          ),
        },
        {
          title: text.why,
          cell: ({ reasonCode, note }) => [reasonCode && reasons(reasonCode), note].filter(Boolean).join('：') || '–',
        },
        { title: text.version, figures: true, cell: ({ version }) => version },
      ]}
    />
  );
}
