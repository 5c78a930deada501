import { type Milestone, milestones } from '../../../../contracts/names.ts';
import type { progressRoutes } from '../../../../contracts/progress.ts';
import type { Answer } from '../../api/client.ts';
import { percent, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

type Figures = Answer<typeof progressRoutes.readYearFigures>;

/** From registration to payment: enterprises, and orders with what became of them. */
export function Funnel({ figures }: { readonly figures: Figures }) {
  const { strings } = useLanguage();
  const text = strings.insight.dashboard;
  const { enterprises, orders } = figures;
  return (
    <div className="funnels">
      <div className="card">
        <h3>{text.organisations}</h3>
        <Steps
          steps={[
            { name: text.registered, count: enterprises.registered },
            { name: text.certified, count: enterprises.certified },
          ]}
          say={text.enterprises}
        />
        <p className="quiet">{text.providers(figures.providers.certified, figures.providers.registered)}</p>
      </div>
      <div className="card">
        <h3>{text.orders}</h3>
        <Steps
          steps={milestones.map((milestone: Milestone) => ({
            name: text.milestones[milestone],
            count: orders[milestone],
          }))}
          say={text.ofOrders}
        />
      </div>
    </div>
  );
}

interface StepsProps {
  readonly steps: readonly { readonly name: string; readonly count: number }[];
  readonly say: (count: number) => string;
}

/** Each step with its bar, and how many of the step before came so far. */
function Steps({ steps, say }: StepsProps) {
  const { strings } = useLanguage();
  const first = steps[0]?.count ?? 0;
  return (
    <ol className="funnel">
      {steps.map(({ name, count }, index) => {
        const before = steps[index - 1]?.count;
        return (
          <li key={name} className="funnel-step">
            <div className="funnel-text">
              <span>{name}</span>
              <span>
                <strong className="figures">{say(count)}</strong>{' '}
                {before !== undefined && before > 0 && (
                  <span className="quiet">
                    {strings.insight.dashboard.ofBefore(percent(share(count, before).toFixed(3)))}
                  </span>
                )}
              </span>
            </div>
            <svg className="funnel-bar" viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true">
              <rect className="meter-track" width="1000" height="18" rx="3" />
              <rect width={Math.max(count > 0 ? 6 : 0, share(count, first) * 1000)} height="18" rx="3" />
            </svg>
          </li>
        );
      })}
    </ol>
  );
}
