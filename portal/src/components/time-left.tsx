import { lastDayOfTask } from '../../../contracts/names.ts';
import { day, shortDay, today } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { Badge } from './badge.tsx';
import { type Limited, limitOf } from './time-limit.ts';

/** How long there is for a task, in working days; the day itself beside it. */
export function TimeLeft({ task, full = false }: { readonly task: Limited; readonly full?: boolean }) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.left;
  const { dueOn, workingDaysLeft = 0 } = task;
  const lastDay = lastDayOfTask(task);
  const limit = limitOf(task, today());
  if (lastDay === undefined) return <span className="quiet">{text.none}</span>;
  const date = full ? day(lastDay, language) : shortDay(lastDay, language);
  const until = dueOn === undefined ? strings.desk.expected(date) : text.until(date);
  if (task.status === 'decided' || task.status === 'cancelled') return <span className="quiet">{until}</span>;
  return (
    <span className="time-left">
      <Badge tone={limit === 'overdue' ? 'bad' : limit === 'later' ? 'calm' : 'warm'}>
        {limit === 'overdue'
          ? text.overdue(0 - workingDaysLeft)
          : limit === 'today'
            ? text.today
            : text.days(workingDaysLeft)}
      </Badge>{' '}
      <span className="quiet" title={dueOn === undefined ? strings.desk.lastLevel : undefined}>
        {until}
      </span>
    </span>
  );
}
