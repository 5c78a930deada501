import { parseArgs } from 'node:util';
import { BackupError } from '../local/backup/backup-error.ts';
import { backupOf } from '../local/backup/request.ts';
import { dataFolder, typedFolder } from './data-folder.ts';
import { sizeOf } from './size-of.ts';

/** `npm run backup -- <folder> [--data <data folder>]`: copies the system, running or not, into a new or empty folder. */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
const [to, ...others] = positionals;
if (!to || others.length > 0) {
  console.error('用法 usage: npm run backup -- <备份目录 folder> [--data <数据目录 data folder>]');
  process.exit(2);
}
const started = performance.now();
try {
  const summary = await backupOf(values.data ? typedFolder(values.data) : dataFolder, typedFolder(to));
  console.log(`已备份 · backed up to ${typedFolder(to)}
  内容 content   ${sizeOf(summary)}, ${((performance.now() - started) / 1000).toFixed(1)} s
  时刻 as of     ${summary.takenAt}  (系统时钟 the system's clock: ${summary.clock})
  含身份数据与签名密钥，请加密保管 · holds identity data and signing keys: keep it encrypted
  恢复 restore:  npm run restore -- ${typedFolder(to)} --data <空目录 empty folder>`);
} catch (error) {
  if (!(error instanceof BackupError)) throw error;
  console.error(`未备份 · not backed up: ${error.message}`);
  process.exitCode = 1;
}
