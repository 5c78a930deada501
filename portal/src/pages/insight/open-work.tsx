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
  const text = strings.openWork;
  const most = Math.max(...offices.map((office) => office.open));
  const behindFirst = offices.toSorted((a, b) => b.overdue - a.overdue || b.open - a.open);
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
      <ol className="open-work-offices">
        {behindFirst.map((office) => (
          <OfficeRow key={`${office.role} ${office.jurisdiction}`} office={office} most={most} />
        ))}
      </ol>
    </div>
  );
}

interface OfficeRowProps {
  readonly office: OfficeAtWork;
  /** What the office with the most has, for the length of the bars. */
  readonly most: number;
}

/** Inspectors go on from an office to its inbox; the departments read figures alone. */
function OfficeRow({ office: { role, jurisdiction, open, overdue, earliest }, most }: OfficeRowProps) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const session = useSession();
  const text = strings.openWork;
  const inspects = session.status !== 'anonymous' && session.person.roles.includes('inspector');
  const name = jurisdiction ? names.jurisdiction(jurisdiction) : strings.mine.staffRoles[role];
  const inbox = { role, ...(jurisdiction ? { place: jurisdiction } : {}) };
  const late = share(overdue, most) * 1000;
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
        <rect className="open-work-bar-open" width={share(open, most) * 1000} height="14" rx="3" />
        <rect className="open-work-bar-late" width={late} height="14" rx="3" />
      </svg>
      <span className="open-work-figures">
        {open === 0 ? <span className="quiet">{text.none}</span> : <span className="figures">{text.open(open)}</span>}
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
