import { keyParts } from '../../storage/keys.ts';
import type { Check } from '../check.ts';
import { type Finding, findingsOf } from '../finding.ts';

const finding = findingsOf('trail', {
  gap: {
    zh: '版本为 {version}，留痕只有 {entries} 条：有变更未留痕，或留痕被删。',
    en: 'It has version {version} and {entries} entries in its trail: a change left none, or entries are gone.',
    repairZh: '从备份中取回留痕；查明是谁在系统之外写入。',
    repairEn: 'Take the entries from a backup, and find out who wrote past the system.',
  },
  orphan: {
    zh: '有留痕 {entries} 条，而记录本身不存在。',
    en: 'It has {entries} entries in its trail, and the record itself is gone.',
    repairZh: '从备份中取回该记录。',
    repairEn: 'Take the record from a backup.',
  },
});

/** Each change of a record is in its trail, once (clause 一-(二), registered): as many entries as it has versions. */
export function trail(): Check {
  const found: Finding[] = [];
  let partition = '';
  let versions = new Map<string, number>();
  let entries = new Map<string, Set<number>>();

  const close = () => {
    for (const [sk, version] of versions) {
      const count = entries.get(sk)?.size ?? 0;
      if (count !== version) found.push(finding('gap', `${partition} ${sk}`, { version, entries: count }));
    }
    for (const [sk, { size }] of entries) {
      if (!versions.has(sk)) found.push(finding('orphan', `${partition} ${sk}`, { entries: size }));
    }
    versions = new Map();
    entries = new Map();
  };

  return {
    see(stored) {
      if (stored.kind !== 'entity' && stored.kind !== 'audit') return;
      if (stored.key.pk !== partition) close();
      partition = stored.key.pk;
      if (stored.kind === 'entity') versions.set(stored.key.sk, stored.value.version);
      else {
        const sk = entitySortKey(stored.key.sk);
        entries.set(sk, (entries.get(sk) ?? new Set()).add(stored.version));
      }
    },
    judge() {
      close();
      return found;
    },
  };
}

/** Of the sort key of a trail entry (AUDIT, time, request, the record's own sort key, version), the record's own. */
const entitySortKey = (sk: string): string => keyParts(sk).slice(3, -1).join('#');
