import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type Jurisdiction, jurisdictions } from '../../../../contracts/names.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { useList } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { focusFirstRefused, SelectField, TextField } from '../../components/field.tsx';
import { LongTable } from '../../components/long-table.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useQuestion } from '../../routing.ts';
import { isFollowable, refusal } from './identifier.ts';
import '../../styles/insight.css';

const isJurisdiction = (code: string | undefined): code is Jurisdiction => code !== undefined && code in jurisdictions;

/** Finds what is to be followed: by the id of an order or voucher, or among the vouchers of an organisation. */
export default function Follow() {
  const { strings } = useLanguage();
  const text = strings.insight.follow;
  return (
    <Page title={strings.pages.follow} lead={text.lead}>
      <Section title={text.find} lead={text.findLead}>
        <ById />
        <ByOrganisation />
      </Section>
    </Page>
  );
}

function ById() {
  const { strings } = useLanguage();
  const text = strings.insight.follow;
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const [refused, setRefused] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setRefused(!isFollowable(id));
    if (isFollowable(id)) navigate({ to: `/follow/${id}` });
    else focusFirstRefused(event.currentTarget);
  };
  return (
    <form className="card find-form" onSubmit={submit} noValidate>
      <TextField
        label={text.id}
        hint={text.idHint}
        pointer="/id"
        errors={refused ? refusal('/id', text.wrongId) : []}
        value={id}
        change={(value) => {
          setId(value.trim());
          setRefused(false);
        }}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit">{text.go}</Button>
    </form>
  );
}

function ByOrganisation() {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.insight.follow;
  const [question, ask] = useQuestion();
  const place = isJurisdiction(question.place) ? question.place : '150100';
  const kind = question.kind === 'provider' ? 'provider' : 'enterprise';
  const organisations = useList(registryRoutes.listOrganisations, {
    query: { kind, jurisdiction: place, limit: 100 },
  });
  const chosen = organisations.items.find(({ id }) => id === question.organisation);
  return (
    <>
      <form className="card part-choice part-choice-3" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label={text.kind}
          pointer="/kind"
          errors={[]}
          value={kind}
          change={(next) => ask({ kind: next, organisation: undefined })}
          groups={[
            {
              choices: [
                ['enterprise', strings.mine.kinds.enterprise],
                ['provider', strings.mine.kinds.provider],
              ],
            },
          ]}
        />
        <SelectField
          label={strings.insight.place}
          pointer="/place"
          errors={[]}
          value={place}
          change={(next) => ask({ place: next, organisation: undefined })}
          groups={names.jurisdictionChoices}
        />
        <SelectField
          label={text.organisation}
          pointer="/organisation"
          errors={[]}
          value={chosen?.id ?? ''}
          change={(next) => ask({ organisation: next })}
          none={text.chooseOrganisation}
          groups={[{ choices: organisations.items.map(({ id, name }) => [id, name]) }]}
        />
        {organisations.hasNextPage && (
          <Button look="quiet" onClick={() => organisations.fetchNextPage()}>
            {strings.states.more}
          </Button>
        )}
      </form>
      {organisations.error && <Failure error={organisations.error} retry={organisations.refetch} />}
      {organisations.data && organisations.items.length === 0 && <Empty title={text.noOrganisations} />}
      {chosen && <Vouchers kind={kind} organisationId={chosen.id} />}
    </>
  );
}

interface VouchersProps {
  readonly kind: 'enterprise' | 'provider';
  readonly organisationId: string;
}

function Vouchers({ kind, organisationId }: VouchersProps) {
  const { strings, language } = useLanguage();
  const text = strings.insight.follow;
  const list = useList(ordersRoutes.listVouchers, {
    query: {
      limit: 100,
      ...(kind === 'enterprise' ? { enterpriseId: organisationId } : { providerId: organisationId }),
    },
  });
  if (list.error && list.items.length === 0) return <Failure error={list.error} retry={list.refetch} />;
  if (list.isPending) return <Loading />;
  if (list.items.length === 0) return <Empty title={text.noVouchers} />;
  return (
    <LongTable
      caption={text.vouchers}
      list={list}
      keyOf={({ id }) => id}
      columns={[
        { title: text.number, cell: ({ number }) => <span className="code">{number}</span> },
        {
          title: text.other,
          cell: ({ enterpriseName, providerName }) => (kind === 'enterprise' ? providerName : enterpriseName),
        },
        { title: text.face, figures: true, cell: ({ face }) => <strong>{money(face)}</strong> },
        { title: text.activeAt, cell: ({ activeAt }) => day(activeAt, language) },
        { title: text.status, cell: ({ status }) => <Badge>{strings.register.statuses[status]}</Badge> },
        {
          title: text.open,
          cell: ({ orderId, number }) => (
            <PageLink to="/follow/$orderId" params={{ orderId }} aria-label={`${text.open} ${number}`}>
              {text.open}
            </PageLink>
          ),
        },
      ]}
    />
  );
}
