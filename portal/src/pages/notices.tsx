import { publicityRoutes } from '../../../contracts/publicity.ts';
import { useCurrentPlan } from '../api/current-plan.ts';
import { useList } from '../api/queries.ts';
import { More } from '../components/more.tsx';
import { NoticeLine } from '../components/notice-line.tsx';
import { Page } from '../components/page.tsx';
import { Empty, ListStates } from '../components/states.tsx';
import { YearChoice } from '../components/year-choice.tsx';
import { today } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useQuestion } from '../routing.ts';

/** Public notices of a year, with what is left of their windows. */
export default function Notices() {
  const { strings } = useLanguage();
  const [{ year = today().slice(0, 4) }, ask] = useQuestion();
  const { years } = useCurrentPlan();
  const list = useList(publicityRoutes.listNotices, { query: { year, limit: 20 } });
  return (
    <Page
      title={strings.pages.notices}
      lead={strings.notices.lead}
      aside={<YearChoice years={years} chosen={Number(year)} choose={(next) => ask({ year: String(next) })} />}
    >
      <ListStates of={list}>
        <Empty title={strings.notices.none} />
      </ListStates>
      <ul className="notice-list card-list">
        {list.items.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </ul>
      <More list={list} />
    </Page>
  );
}
