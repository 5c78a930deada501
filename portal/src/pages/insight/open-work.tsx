import { progressRoutes } from '../../../../contracts/progress.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { share, shortDay } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useSession } from '../../session/use-session.ts';
import '../../styles/open-work.css';

type Work = Answer<typeof progressRoutes.readOpenWork>;
type OfficeAtWork = Work['offices'][number];

/** What waits for a decision now, of all years: a bar for each office, those that are furthest behind first. */
export function OpenWork() {
  const { strings } = useLanguage();
  const text = strings.openWork;
  const work = useRead(progressRoutes.readOpenWork);
  return (
    <Section title={text.title} lead={text.lead}>
      <Read of={work}>{(found) => <Offices work={found} />}</Read>
    </Section>
  );
}

function Offices({ work: { open, overdue, offices } }: { readonly work: Work }) {
  const { strings } = useLanguage();
  const nameOf = useOfficeNames();
  const text = strings.openWork;
  const most = Math.max(...offices.map((office) => office.open));
  const busy = offices.filter((office) => office.open > 0);
  const idle = offices.filter((office) => office.open === 0);
  return (
    <div className="card open-work">
      <p className="open-work-line">
        <span className="badges" role="status">
          <strong>{text.open(open)}</strong>
          {overdue > 0 && <Badge tone="bad">{text.overdue(overdue)}</Badge>}
        </span>
        <span className="open-work-legend quiet" aria-hidden="true">
          <span className="open-work-late">{text.late}</span>
          <span className="open-work-in-time">{text.inTime}</span>
        </span>
      </p>
      {busy.length > 0 && (
        <ol className="open-work-offices">
          {busy
            .toSorted((a, b) => b.overdue - a.overdue || b.open - a.open)
            .map((office) => (
              <OfficeRow key={nameOf(office)} office={office} most={most} />
            ))}
        </ol>
      )}
      {idle.length > 0 && <p className="quiet">{text.idle(idle.map(nameOf))}</p>}
    </div>
  );
}

/** Cities by their names, departments and auditors by theirs. */
function useOfficeNames() {
  const { strings } = useLanguage();
  const names = useNames();
  return ({ role, jurisdiction }: OfficeAtWork): string =>
    jurisdiction ? names.jurisdiction(jurisdiction) : strings.mine.staffRoles[role];
}

interface OfficeRowProps {
  readonly office: OfficeAtWork;
  /** What the office with the most has, for the length of the bars. */
  readonly most: number;
}

/** Inspectors go on from an office to its inbox; the departments read figures alone. */
function OfficeRow({ office, most }: OfficeRowProps) {
  const { role, jurisdiction, open, overdue, earliest } = office;
  const { strings, language } = useLanguage();
  const session = useSession();
  const text = strings.openWork;
  const inspects = session.status !== 'anonymous' && session.person.roles.includes('inspector');
  const name = useOfficeNames()(office);
  const inbox = { role, ...(jurisdiction ? { place: jurisdiction } : {}) };
  /** One of five hundred is to be seen, too. */
  const widthOf = (count: number) => (count > 0 ? Math.max(6, share(count, most) * 1000) : 0);
  return (
    <li className="open-work-office">
      <strong>
        {inspects ? (
          <PageLink to="/inbox" search={inbox}>
            {name}
          </PageLink>
        ) : (
          name
        )}
      </strong>
      <svg className="open-work-bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
        <rect className="meter-track" width="1000" height="14" rx="3" />
        <rect className="open-work-bar-open" width={widthOf(open)} height="14" rx="3" />
        <rect className="open-work-bar-late" width={widthOf(overdue)} height="14" rx="3" />
      </svg>
      <span className="open-work-figures">
        <span className="figures">{text.open(open)}</span>
        {overdue > 0 && (
          <Badge tone="bad">
            {inspects ? (
              <PageLink to="/inbox" search={{ ...inbox, limit: 'overdue' }}>
                {text.overdue(overdue)}
              </PageLink>
            ) : (
              text.overdue(overdue)
            )}
          </Badge>
        )}
        {earliest && <span className="quiet">{text.earliest(shortDay(earliest, language))}</span>}
      </span>
    </li>
  );
}
