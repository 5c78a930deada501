import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { planRoutes } from '../../../contracts/plan.ts';
import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Answer } from '../api/client.ts';
import { useCurrentPlan } from '../api/current-plan.ts';
import { useRead } from '../api/queries.ts';
import { Ring } from '../components/meter.tsx';
import { NoticeLine } from '../components/notice-line.tsx';
import { Section } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Clause, Failure, Read } from '../components/states.tsx';
import { percent, roundMoney, share, today } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import '../styles/home.css';

/** What the scheme is, how the year's fund stands, and where to begin. */
export default function Home() {
  const { strings } = useLanguage();
  const text = strings.home;
  return (
    <article className="home">
      <section className="hero">
        <div className="hero-text">
          <p className="eyebrow">{text.eyebrow}</p>
          <h1>
            {text.title.split('\n').map((line) => (
              <span key={line}>{line}</span>
            ))}
          </h1>
          <p className="lead">{text.lead}</p>
          <p className="hero-actions">
            <PageLink to="/check" className="button button-main">
              {text.check}
            </PageLink>
            <PageLink to="/calculator" className="button button-quiet">
              {text.calculate}
            </PageLink>
          </p>
        </div>
        <FundNow />
      </section>
      <Section title={text.kinds} lead={text.kindsLead}>
        <Categories />
      </Section>
      <Section title={text.steps}>
        <ol className="steps">
          {text.stepList.map(([title, what]) => (
            <li key={title}>
              <strong>{title}</strong>
              <p>{what}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={text.principles}>
        <ul className="principles">
          {text.principleList.map(([title, what, clause]) => (
            <li key={title}>
              <strong>{title}</strong> <Clause clause={clause ?? ''} />
              <p>{what}</p>
            </li>
          ))}
        </ul>
      </Section>
      <LatestNotices />
    </article>
  );
}

function FundNow() {
  const { strings } = useLanguage();
  const plan = useCurrentPlan();
  return (
    <aside className="fund-now">
      {plan.none ? (
        <>
          <h2>{strings.home.noPlan}</h2>
          <p>{strings.home.noPlanHint}</p>
        </>
      ) : (
        <Read of={plan}>{(data) => <Fund plan={data} />}</Read>
      )}
    </aside>
  );
}

function Fund({ plan }: { readonly plan: Answer<typeof planRoutes.readPublishedPlan> }) {
  const { strings, language } = useLanguage();
  const { total, used, left } = plan.fund;
  const part = share(used, total);
  return (
    <>
      <h2>{strings.home.thisYear(plan.year)}</h2>
      <div className="fund-figures">
        <Ring filled={part} text={strings.units.percent(Math.round(part * 1000) / 10)} label={strings.home.used} />
        <p>
          <span className="quiet">{strings.home.left}</span>
          <strong className="figures">{roundMoney(left, language)}</strong>
          <span className="quiet">{strings.home.of(roundMoney(total, language))}</span>
        </p>
      </div>
      <PageLink to="/plan">{strings.home.fullPlan} →</PageLink>
    </>
  );
}

function Categories() {
  const { pick } = useLanguage();
  const categories = useRead(catalogueRoutes.listCategories);
  return (
    <Read of={categories}>
      {(data) => (
        <ul className="categories">
          {data.categories.map((category) => (
            <li key={category.id}>
              <p className="category-ratio figures">{category.ratio ? percent(category.ratio) : '—'}</p>
              <h3>{pick(category)}</h3>
              <p className="category-kinds">
                {category.kinds.map((kind) => (
                  <PageLink key={kind.id} to="/catalogue" search={{ kind: kind.id }}>
                    {pick(kind)}
                  </PageLink>
                ))}
              </p>
              <Clause clause={category.clause} />
            </li>
          ))}
        </ul>
      )}
    </Read>
  );
}

function LatestNotices() {
  const { strings } = useLanguage();
  const notices = useRead(publicityRoutes.listNotices, { query: { year: today().slice(0, 4), limit: 3 } });
  if (notices.error) return <Failure error={notices.error} retry={notices.refetch} />;
  if (!notices.data?.items.length) return null;
  return (
    <Section title={strings.home.notices}>
      <ul className="notice-list">
        {notices.data.items.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </ul>
      <p>
        <PageLink to="/notices">{strings.home.allNotices} →</PageLink>
      </p>
    </Section>
  );
}
