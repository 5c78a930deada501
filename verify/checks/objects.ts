import type { Document } from '../../core/documents/document.ts';
import { UPLOAD_TIME } from '../../core/documents/limits.ts';
import { placeOf } from '../../core/documents/place.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';

const finding = findingsOf('objects', {
  missing: {
    zh: '文件记录为 {status}，而 {store} 存储中没有其内容。',
    en: 'The document is {status}, and the {store} store has no such object.',
    repairZh: '从备份中取回该文件；无法取回的，请其重新上传并重新审核。',
    repairEn: 'Take the object from a backup; else it has to be uploaded and reviewed again.',
  },
  size: {
    zh: '文件应为 {expected} 字节，存储中为 {stored} 字节。',
    en: 'The document has {expected} bytes, the stored object {stored}.',
    repairZh: '内容被替换或损坏：从备份中取回，并查明是谁写入。',
    repairEn: 'The content was replaced or damaged: take it from a backup and find out who wrote it.',
  },
  orphan: {
    zh: '{store} 存储中有没有记录的文件。',
    en: 'The {store} store holds an object without a record.',
    repairZh: '确认无需保留后删除；身份影像不得无记录留存（四）。',
    repairEn: 'Delete it once nobody needs it; images of identity cards must not stay without a record (四).',
  },
});

/** Every accepted document has its content, and nothing else lies in the stores (clauses 三-(一), 四). */
export function objects(): Check {
  const documents = new Map<string, Pick<Document, 'id' | 'status' | 'size' | 'createdAt'>>();
  return {
    see(stored) {
      if (stored.kind !== 'entity' || stored.entity !== 'document') return;
      const { id, status, size, createdAt } = stored.value;
      const { store, key } = placeOf(stored.value);
      documents.set(`${store} ${key}`, { id, status, size, createdAt });
    },
    async *judge(system, now) {
      for await (const { store, key, size, storedAt } of system.objects()) {
        const place = `${store} ${key}`;
        const document = documents.get(place);
        documents.delete(place);
        if (!document) {
          // Its form may have been asked for after the table was read.
          if (now - storedAt > UPLOAD_TIME) yield finding('orphan', place, { store });
        } else if (document.size !== size) {
          yield finding('size', document.id, { expected: document.size, stored: size });
        }
      }
      for (const [place, { id, status }] of documents) {
        const [store = ''] = place.split(' ');
        if (status === 'accepted') yield finding('missing', id, { status, store });
      }
    },
  };
}
