import type { Check } from '../check.ts';
import { type Finding, findingsOf } from '../finding.ts';

const finding = findingsOf('readable', {
  unreadable: {
    zh: '记录（类型 {type}）不符合其格式，无法读取。',
    en: 'A record (type {type}) is not of its form and cannot be read.',
    repairZh: '从备份中取回该记录；若由新版本写入，请先部署该版本。',
    repairEn: 'Take the record from a backup; if a newer version wrote it, deploy that version first.',
  },
  misplaced: {
    zh: '记录不在其应在的位置：键或索引位置与内容不符，列表可能漏掉它。',
    en: 'A record is not where it belongs: its key or index places differ from its content, so lists may miss it.',
    repairZh: '用同样的内容重新写入该记录，索引位置随之更正。',
    repairEn: 'Write the record again with the same content; its index places follow.',
  },
});

/** Every item is something of ours, has the form of its kind, and stands where its content says. */
export function readable(): Check {
  const found: Finding[] = [];
  return {
    see(stored) {
      if (stored.kind === 'unreadable') {
        found.push(finding('unreadable', `${stored.key.pk} ${stored.key.sk}`, { type: stored.type }));
      }
      if (stored.kind === 'entity' && !stored.inPlace)
        found.push(finding('misplaced', `${stored.key.pk} ${stored.key.sk}`));
    },
    judge: () => found,
  };
}
