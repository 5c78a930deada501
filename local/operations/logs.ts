import { open } from 'node:fs/promises';

/** One entry of a log; lines that begin with no time of their own belong to the entry before. */
export interface LogEntry {
  readonly at?: string;
  readonly requestId?: string;
  readonly level?: string;
  readonly text: string;
}

/** A function that talks without end does not fill this process: of a log only so much of its end is read. */
const MOST_BYTES = 512 * 1024;
const MOST_ENTRIES = 500;

const ENTRY = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\t([^\t]*)\t([A-Z]+)\t([\s\S]*)$/;

/**
 * The end of a log file; with `filter`, only entries with that text in them, their request id included. A file that isn't
 * there has no entries.
 */
export async function readLog(path: string, filter?: string): Promise<LogEntry[]> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return [];
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - MOST_BYTES);
    const buffer = Buffer.alloc(size - from);
    await file.read(buffer, 0, buffer.length, from);
    // The first line may have begun before what was read.
    const begin = from > 0 ? buffer.indexOf(0x0a) + 1 : 0;
    return entriesOf(buffer.toString('utf8', begin))
      .filter(({ text, requestId }) => !filter || `${requestId ?? ''} ${text}`.includes(filter))
      .slice(-MOST_ENTRIES);
  } finally {
    await file.close();
  }
}

function entriesOf(text: string): LogEntry[] {
  const entries: { at?: string; requestId?: string; level?: string; text: string }[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, at, requestId, level, said] = ENTRY.exec(line) ?? [];
    const last = entries.at(-1);
    if (at && requestId !== undefined && level && said !== undefined) {
      entries.push({ at, level, text: said, ...(requestId !== '-' && { requestId }) });
    } else if (line.startsWith('{')) entries.push(ofTheRuntime(line));
    else if (last) last.text += `\n${line}`;
    else entries.push({ text: line });
  }
  return entries;
}

/** The runtime's own lines are JSON. */
function ofTheRuntime(line: string): LogEntry {
  try {
    const { at, message, requestId, ...detail } = JSON.parse(line);
    const more = Object.keys(detail).length > 0 ? ` ${JSON.stringify(detail)}` : '';
    return { text: `${message}${more}`, ...(at && { at }), ...(requestId && { requestId }) };
  } catch {
    return { text: line };
  }
}
