import { useEffect, useState } from 'react';
import type * as z from 'zod';
import { type catalogueEntry, catalogueRoutes } from '../../../contracts/catalogue.ts';
import { useList } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { More } from '../components/more.tsx';
import { Page } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Empty, Failure, Loading } from '../components/states.tsx';
import { money } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useQuestion } from '../routing.ts';
import '../styles/catalogue.css';

type Entry = z.output<typeof catalogueEntry>;

/** As many as fit beside each other. */
const MOST_COMPARED = 4;
const QUIET_MS = 300;
const idsOf = (text = '') => text.split(',').filter((id) => id !== '');

/** The public catalogue: searched, filtered, and chosen from for comparison. */
export default function Catalogue() {
  const { strings } = useLanguage();
  const { kindChoices } = useNames();
  const [question, ask] = useQuestion();
  const text = strings.catalogue;
  const compared = idsOf(question.compare);
  const [words, setWords] = useState(question.q ?? '');
  useEffect(() => {
    if (words === (question.q ?? '')) return;
    const timer = setTimeout(() => ask({ q: words }), QUIET_MS);
    return () => clearTimeout(timer);
  });
  const q = (question.q ?? '').trim().slice(0, 100);
  const list = useList(catalogueRoutes.browseCatalogue, {
    query: {
      limit: 24,
      ...(q ? { q } : {}),
      ...(question.kind ? { kind: question.kind as never } : {}),
      ...(question.voucher === 'true' ? { voucherSupported: 'true' } : {}),
    },
  });
  const toggle = (id: string) => {
    const next = compared.includes(id) ? compared.filter((other) => other !== id) : [...compared, id];
    ask({ compare: next.slice(-MOST_COMPARED).join(',') });
  };
  const filtered = q !== '' || question.kind !== undefined || question.voucher === 'true';
  const clear = () => {
    setWords('');
    ask({ q: undefined, kind: undefined, voucher: undefined });
  };
  return (
    <Page title={strings.pages.catalogue} lead={text.lead}>
      <form className="filters card" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={text.search}
          pointer="/q"
          errors={[]}
          value={words}
          change={setWords}
          type="search"
          maxLength={100}
        />
        <SelectField
          label={text.kind}
          pointer="/kind"
          errors={[]}
          value={question.kind ?? ''}
          change={(kind) => ask({ kind })}
          none={strings.states.all}
          groups={kindChoices}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={question.voucher === 'true'}
            onChange={(event) => ask({ voucher: event.target.checked ? 'true' : undefined })}
          />
          {text.voucher}
        </label>
      </form>
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {list.isPending && <Loading />}
      {list.data && list.items.length === 0 && !list.hasNextPage && (
        <Empty title={text.none}>
          {filtered && (
            <Button look="quiet" onClick={clear}>
              {text.clear}
            </Button>
          )}
        </Empty>
      )}
      {list.items.length > 0 && (
        <p className="quiet" role="status">
          {text.results(list.items.length)}
        </p>
      )}
      <ul className="offerings">
        {list.items.map((entry) => (
          <OfferingCard
            key={entry.id}
            entry={entry}
            compared={compared.includes(entry.id)}
            toggle={() => toggle(entry.id)}
          />
        ))}
      </ul>
      <More list={list} />
      {compared.length > 0 && (
        <p className="compare-bar">
          <span className="quiet">{text.compareHint}</span>
          <PageLink to="/catalogue/compare" search={{ ids: compared.join(',') }} className="button button-main">
            {text.compareNow(compared.length)}
          </PageLink>
        </p>
      )}
    </Page>
  );
}

interface OfferingCardProps {
  readonly entry: Entry;
  readonly compared: boolean;
  readonly toggle: () => void;
}

function OfferingCard({ entry, compared, toggle }: OfferingCardProps) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.catalogue;
  return (
    <li className="card offering">
      <p className="offering-kind quiet">{names.kind(entry.kind)}</p>
      <h2>
        <PageLink to="/catalogue/$offeringId" params={{ offeringId: entry.id }}>
          {entry.name}
        </PageLink>
      </h2>
      <p className="quiet">{entry.providerName}</p>
      <p className="offering-price">
        <strong className="figures">{money(entry.price)}</strong>{' '}
        <span className="quiet">{text.per[entry.priceUnit]}</span>
      </p>
      <p className="offering-foot">
        <Badge tone={entry.voucherSupported ? 'good' : 'calm'}>
          {entry.voucherSupported ? text.supported : text.unsupported}
        </Badge>
        <button
          type="button"
          className="link-button"
          aria-pressed={compared}
          onClick={toggle}
          aria-label={`${text.addToCompare} ${entry.name}`}
        >
          {compared ? `✓ ${text.inCompare}` : text.addToCompare}
        </button>
      </p>
    </li>
  );
}
