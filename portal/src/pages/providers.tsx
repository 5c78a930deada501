import { registryRoutes } from '../../../contracts/registry.ts';
import { useList } from '../api/queries.ts';
import { More } from '../components/more.tsx';
import { Page } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Empty, ListStates } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { day } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';

/** The certified providers: the only ones with whom vouchers count. */
export default function Providers() {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.providers;
  const list = useList(registryRoutes.listProviders, { query: { limit: 50 } });
  return (
    <Page title={strings.pages.providers} lead={text.lead}>
      <ListStates of={list}>
        <Empty title={text.none} />
      </ListStates>
      {list.items.length > 0 && (
        <Table
          caption={strings.pages.providers}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: text.name,
              cell: ({ name }) => (
                <PageLink to="/catalogue" search={{ q: name }} title={text.offerings(name)}>
                  <strong>{name}</strong>
                </PageLink>
              ),
            },
            { title: text.record, cell: ({ recordNumber }) => recordNumber },
            { title: text.uscc, cell: ({ uscc }) => <span className="code">{uscc}</span> },
            { title: text.place, cell: ({ jurisdiction }) => names.jurisdiction(jurisdiction) },
            { title: text.since, cell: ({ certifiedAt }) => day(certifiedAt, language) },
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
