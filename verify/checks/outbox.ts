import { toShanghaiIso } from '../../core/calendar/business-date.ts';
import type { DomainEvent } from '../../core/ports/events.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';

const finding = findingsOf('outbox', {
  waiting: {
    zh: '事件（{type}）自 {since} 起仍未送达：其后的流程没有开始或没有继续。',
    en: 'An event ({type}) has waited since {since}: what follows it has not begun or not gone on.',
    repairZh: '查看死信队列和中继函数的日志，排除原因后重新投递；投递是幂等的。',
    repairEn:
      'See the dead-letter queue and the log of the relay; mend the cause and deliver it again: its effect is idempotent.',
  },
});

/** An event may be under way for that long, milliseconds. */
const UNDER_WAY = 60_000;

/** Every event has had its effect, or is younger than a minute. */
export function outbox(): Check {
  const events: DomainEvent[] = [];
  return {
    see(stored) {
      if (stored.kind === 'outbox') events.push(stored.event);
    },
    *judge(_, now) {
      for (const { id, type, at } of events) {
        if (now - at > UNDER_WAY) yield finding('waiting', id, { type, since: toShanghaiIso(at) });
      }
    },
  };
}
