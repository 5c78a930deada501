import { desk } from './desk.ts';
import { documents } from './documents.ts';
import { enterprise } from './enterprise.ts';
import { fileImport } from './file-import.ts';
import { insight } from './insight.ts';
import { moneyZh } from './money.ts';
import { openWork } from './open-work.ts';
import { provider } from './provider.ts';
import { reviewer } from './reviewer.ts';
import { signatures } from './signatures.ts';
import { upload } from './upload.ts';

/** What the pages of those who are signed in say, and what is drawn for them; loaded with the first of them. */
export const work = {
  desk,
  documents,
  enterprise,
  fileImport,
  insight,
  money: moneyZh,
  openWork,
  provider,
  reviewer,
  signatures,
  upload,
};
