import { claimsRoutes } from '../../../../contracts/claims.ts';
import type { Answer } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { More } from '../../components/more.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, ListStates } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { money, shortDay, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useQuestion } from '../../routing.ts';
import { useSession } from '../../session/use-session.ts';
import { Declaration } from './declaration.tsx';
import '../../styles/reviewer.css';

type Claim = Answer<typeof claimsRoutes.readClaim>;

const EARLIER_YEARS = 3;

/** Claims of a year and how far their audits are; for auditors with the declaration that comes before (clause 七-(一)). */
export default function Audits() {
  const { strings } = useLanguage();
  const session = useSession();
  const text = strings.reviewer.audits;
  const [question, ask] = useQuestion();
  const thisYear = Number(today().slice(0, 4));
  const year = Number(question.year) || thisYear;
  const claims = useList(claimsRoutes.listClaims, { query: { year: String(year), limit: 50 } });
  const audits = session.status !== 'anonymous' && session.person.roles.includes('auditor');
  return (
    <Page
      title={strings.pages.audits}
      lead={text.lead}
      aside={
        <YearChoice
          years={Array.from({ length: EARLIER_YEARS }, (_, i) => thisYear - i)}
          chosen={year}
          choose={(next) => ask({ year: String(next) })}
        />
      }
    >
      {audits && <Declaration />}
      <ListStates of={claims}>
        <Empty title={text.none} />
      </ListStates>
      {claims.items.length > 0 && <Claims of={claims.items} />}
      <More list={claims} />
    </Page>
  );
}

export const claimTones = {
  draft: 'calm',
  'under-audit': 'warm',
  returned: 'bad',
  'in-publicity': 'warm',
  final: 'good',
} as const;

function Claims({ of }: { readonly of: readonly Claim[] }) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.audits;
  return (
    <Table
      caption={strings.pages.audits}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        {
          title: text.provider,
          cell: ({ id, providerName, round }) => (
            <>
              <PageLink to="/audits/$claimId" params={{ claimId: id }} className="case-link">
                {providerName}
              </PageLink>
              {round > 1 && <span className="case-kind">{text.round(round)}</span>}
            </>
          ),
        },
        {
          title: text.status,
          cell: ({ status }) => <Badge tone={claimTones[status]}>{text.statuses[status]}</Badge>,
        },
        { title: text.items, figures: true, cell: ({ itemCount }) => itemCount },
        { title: text.asked, figures: true, cell: ({ asked }) => money(asked) },
        { title: text.approved, figures: true, cell: ({ approved }) => (approved ? money(approved) : '—') },
        { title: text.filed, cell: ({ filedAt }) => (filedAt ? shortDay(filedAt, language) : '—') },
      ]}
    />
  );
}
