import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';

const finding = findingsOf('dead-letters', {
  letters: {
    zh: '队列中有 {letters} 条未处理成功的消息。',
    en: 'There are {letters} messages that nobody could handle.',
    repairZh: '逐条查看，排除原因后重新投递，再从队列中删除。',
    repairEn: 'Look at each, mend its cause, deliver it again, then delete it from the queue.',
  },
});

/** Nothing was given up. */
export const deadLetters = (): Check => ({
  see: () => undefined,
  async *judge(system) {
    for (const [queue, letters] of (await system.deadLetters()) ?? []) {
      if (letters > 0) yield finding('letters', queue, { letters });
    }
  },
});
