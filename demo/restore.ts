import { parseArgs } from 'node:util';
import { BackupError } from '../local/backup/backup-error.ts';
import { restoreBackup } from '../local/backup/restore.ts';
import { dataFolder, typedFolder } from './data-folder.ts';
import { sizeOf } from './size-of.ts';

/** `npm run restore -- <backup> [--data <data folder>]`: makes an empty data folder what a backup shows. */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
const [from, ...others] = positionals;
if (!from || others.length > 0) {
  console.error('用法 usage: npm run restore -- <备份目录 backup> [--data <空目录 empty data folder>]');
  process.exit(2);
}
const target = values.data ? typedFolder(values.data) : dataFolder;
try {
  const summary = await restoreBackup(typedFolder(from), target);
  console.log(`已恢复 · restored into ${target}
  内容 content   ${sizeOf(summary)}
  时刻 as of     ${summary.takenAt}  (系统时钟 the system's clock: ${summary.clock})
  启动 start:    ${values.data ? `DENGYUN_DATA=${target} ` : ''}npm start`);
} catch (error) {
  if (!(error instanceof BackupError)) throw error;
  console.error(`未恢复 · not restored: ${error.message}`);
  process.exitCode = 1;
}
