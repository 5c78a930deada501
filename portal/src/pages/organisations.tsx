import { type Jurisdiction, jurisdictions } from '../../../contracts/names.ts';
import { registryRoutes } from '../../../contracts/registry.ts';
import { useList } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { SelectField } from '../components/field.tsx';
import { More } from '../components/more.tsx';
import { Page } from '../components/page.tsx';
import { Empty, ListStates } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useQuestion } from '../routing.ts';
import { useSession } from '../session/use-session.ts';
import '../styles/catalogue.css';

const isJurisdiction = (code: string | undefined): code is Jurisdiction => code !== undefined && code in jurisdictions;

/** Registered organisations, for staff: of a city and kind; a city reviewer sees the own city's. */
export default function Organisations() {
  const { strings } = useLanguage();
  const { jurisdictionChoices } = useNames();
  const session = useSession();
  const [question, ask] = useQuestion();
  const text = strings.organisations;
  const own = session.status === 'anonymous' ? undefined : session.person.jurisdiction;
  const place = [own, question.place].find(isJurisdiction) ?? '150100';
  const kind = question.kind === 'provider' ? 'provider' : 'enterprise';
  const list = useList(registryRoutes.listOrganisations, { query: { kind, jurisdiction: place, limit: 50 } });
  const { kinds, statuses } = strings.mine;
  return (
    <Page title={strings.pages.organisations} lead={text.lead}>
      <form className="filters card" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label={text.kind}
          pointer="/kind"
          errors={[]}
          value={kind}
          change={(next) => ask({ kind: next })}
          groups={[
            {
              choices: [
                ['enterprise', kinds.enterprise],
                ['provider', kinds.provider],
              ],
            },
          ]}
        />
        <SelectField
          label={text.place}
          pointer="/place"
          errors={[]}
          value={place}
          change={(next) => ask({ place: next })}
          groups={jurisdictionChoices}
          disabled={isJurisdiction(own)}
        />
      </form>
      <ListStates of={list}>
        <Empty title={text.none} />
      </ListStates>
      {list.items.length > 0 && (
        <Table
          caption={strings.pages.organisations}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            { title: text.name, cell: ({ name }) => <strong>{name}</strong> },
            { title: strings.mine.uscc, cell: ({ uscc }) => <span className="code">{uscc}</span> },
            { title: strings.mine.address, cell: ({ address }) => address },
            {
              title: text.status,
              cell: ({ status }) => <Badge tone={status === 'certified' ? 'good' : 'calm'}>{statuses[status]}</Badge>,
            },
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
