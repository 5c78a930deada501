import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { readOffset } from '../clock/kept-offset.ts';
import { claimDataFolder, holderOf } from '../data-folder.ts';
import { databaseFile } from '../dynamodb/snapshot.ts';
import { createJournal } from '../stepfunctions/journal.ts';
import { BackupError } from './backup-error.ts';
import { type BackupSummary, createBackups } from './take.ts';

/**
 * Takes a backup of a data folder for another program than the runtime: asks the runtime that holds the folder, or does it
 * itself when there is none.
 *
 * @throws BackupError
 */
export async function backupOf(dataDir: string, to: string): Promise<BackupSummary> {
  const holder = holderOf(dataDir);
  if (!holder) return backupAtRest(resolve(dataDir), to);
  if (!holder.controlUrl)
    throw new BackupError(`process ${holder.pid} is still starting on ${dataDir}: try again soon`);
  return ask(holder.controlUrl, resolve(to));
}

async function backupAtRest(dataDir: string, to: string): Promise<BackupSummary> {
  if (!existsSync(databaseFile(dataDir))) throw new BackupError(`${dataDir} holds no system`);
  const release = claimDataFolder(dataDir);
  try {
    const journal = createJournal(join(dataDir, 'stepfunctions'));
    const backup = createBackups({
      dataDir,
      database: databaseFile(dataDir),
      journals: () => journal.frozen(),
      whileObjectsRest: (work) => work(),
      now: () => Date.now() + readOffset(dataDir),
    });
    return await backup(to);
  } finally {
    release();
  }
}

const summarySchema = z.object({ files: z.number(), bytes: z.number(), takenAt: z.string(), clock: z.string() });

/** Not `fetch`, which gives up after five minutes without an answer. */
async function ask(controlUrl: string, to: string): Promise<BackupSummary> {
  const { status, text } = await new Promise<{ status: number | undefined; text: string }>((done, fail) => {
    const asked = request(`${controlUrl}/backup`, { method: 'POST' }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', fail);
      answer.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(chunks).toString('utf8') }));
    });
    asked.on('error', fail);
    asked.end(JSON.stringify({ to }));
  });
  if (status === 200) return summarySchema.parse(JSON.parse(text));
  const { message } = z.object({ message: z.string() }).parse(JSON.parse(text));
  throw status === 409 ? new BackupError(message) : new Error(message);
}
