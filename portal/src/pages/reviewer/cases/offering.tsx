import type { ReactNode } from 'react';
import type * as z from 'zod';
import { catalogueRoutes, type offeringVersionAnswer } from '../../../../../contracts/catalogue.ts';
import { useList, useRead } from '../../../api/queries.ts';
import { Badge } from '../../../components/badge.tsx';
import { Facts } from '../../../components/page.tsx';
import { Empty, Failure, Loading } from '../../../components/states.tsx';
import { fenOf } from '../../../format/amounts.ts';
import { day, money } from '../../../format/format.ts';
import { useLanguage } from '../../../language/language.tsx';
import { useNames } from '../../../language/names.ts';
import { Bench } from '../bench.tsx';
import { Differences } from '../differences.tsx';
import { FieldReasons } from '../field-reasons.tsx';
import { Findings } from '../findings.tsx';
import type { Task } from '../task-order.ts';

type Version = z.output<typeof offeringVersionAnswer>;

interface CaseProps {
  readonly task: Task;
  /** The decision. */
  readonly children: ReactNode;
}

/** A version of an offering beside the evidence for the market price, and what is new in it (clause 三-(二)). */
export function OfferingCase({ task, children }: CaseProps) {
  const { strings } = useLanguage();
  const text = strings.reviewer.offering;
  const offeringId = task.subject.id;
  const versions = useList(catalogueRoutes.listVersions, { params: { offeringId }, query: { limit: 100 } });
  const asked = versions.items.find(({ status }) => status === 'in-review') ?? versions.items[0];
  if (versions.error) return <Failure error={versions.error} retry={versions.refetch} />;
  if (versions.isPending) return <Loading />;
  if (!asked) return <Empty title={text.withdrawn} />;
  const before = versions.items.find(({ number, status }) => number < asked.number && wasPublic.includes(status));
  return (
    <Bench
      documents={[
        { id: asked.marketPrice.documentId, label: text.document },
        ...(before && before.marketPrice.documentId !== asked.marketPrice.documentId
          ? [{ id: before.marketPrice.documentId, label: `${text.document} · ${text.version(before.number)}` }]
          : []),
      ]}
    >
      <VersionFacts version={asked} />
      <Findings of={asked.findings} />
      {before ? <SinceBefore before={before} after={asked} /> : <p className="quiet">{text.first}</p>}
      {asked.reasons.length > 0 && (
        <section className="bench-part">
          <h2>{strings.reviewer.task.lastReasons}</h2>
          <FieldReasons of={asked.reasons} fields={text.fields} />
        </section>
      )}
      {children}
    </Bench>
  );
}

const wasPublic: readonly string[] = ['published', 'superseded'];

function VersionFacts({ version }: { readonly version: Version }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.offering;
  const offering = useRead(catalogueRoutes.readOffering, { params: { offeringId: version.offeringId } });
  const rows = useRows()(version);
  const above = fenOf(version.price) > fenOf(version.marketPrice.price);
  return (
    <section className="bench-part">
      <h2>
        {text.version(version.number)} {above && <Badge tone="bad">{text.above}</Badge>}
      </h2>
      <Facts
        of={[
          ...(offering.data ? [[text.provider, offering.data.providerName] as const] : []),
          ...rows.filter(([name]) => name !== text.description),
        ]}
      />
      <p className="description">{version.description}</p>
    </section>
  );
}

function SinceBefore({ before, after }: { readonly before: Version; readonly after: Version }) {
  const rowsOf = useRows();
  const old = new Map(rowsOf(before));
  const differences = rowsOf(after).flatMap(([field, value]) =>
    old.get(field) === value ? [] : [{ field, before: old.get(field) ?? '—', after: value }],
  );
  return <Differences of={differences} />;
}

/** What a version says, field by field, as people read it. */
function useRows() {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.reviewer.offering;
  return (version: Version): (readonly [string, string])[] => [
    [text.name, version.name],
    [text.kind, names.kind(version.kind)],
    [text.price, `${money(version.price)} ${strings.catalogue.per[version.priceUnit]}`],
    [text.marketPrice, money(version.marketPrice.price)],
    [text.source, version.marketPrice.source],
    [text.observedOn, day(version.marketPrice.observedOn, language)],
    [text.voucher, version.voucherSupported ? strings.states.yes : strings.states.no],
    [text.description, version.description],
  ];
}
