import { Page } from '../../components/page.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { useLanguage } from '../../language/language.tsx';
import { Corrections } from './corrections.tsx';
import { Journal } from './journal.tsx';
import { Position } from './position.tsx';
import { Statement } from './statement.tsx';
import { TrialBalance } from './trial-balance.tsx';
import { useYear } from './year.ts';
import '../../styles/catalogue.css';
import '../../styles/plan.css';
import '../../styles/money.css';

const views = {
  position: Position,
  statement: Statement,
  journal: Journal,
  trial: TrialBalance,
  corrections: Corrections,
} as const;
type View = keyof typeof views;
const isView = (text: string | undefined): text is View => text !== undefined && Object.hasOwn(views, text);

/** A year's fund: where its money stands, how it came there, and whether everything agrees. */
export default function Ledger() {
  const { strings } = useLanguage();
  const { year, years, choose, question, ask } = useYear();
  const text = strings.money.ledger;
  const view = isView(question.view) ? question.view : 'position';
  const Shown = views[view];
  return (
    <Page
      title={strings.pages.ledger}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      <nav className="views" aria-label={strings.pages.ledger}>
        {(Object.keys(views) as View[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === view ? 'true' : undefined}
            onClick={() => ask({ view: name })}
          >
            {text.views[name]}
          </button>
        ))}
      </nav>
      <Shown key={`${view} ${year}`} year={year} />
    </Page>
  );
}
