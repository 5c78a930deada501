import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import { businessDate } from '../../core/calendar/business-date.ts';
import { mainlandHolidays } from '../../core/calendar/working-days.ts';
import type { Document, DocumentPurpose } from '../../core/documents/document.ts';
import { composeIdCard } from '../../core/identity/id-card.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import type { Ports } from '../../core/ports/context.ts';
import type { Certification } from '../../core/registry/certification.ts';
import type { Member, Organisation } from '../../core/registry/organisation.ts';
import { lengthen } from '../../storage/packed.ts';
import type { Engine } from './engine.ts';

/** Friday, 23 October 2026, 10:00 in Hohhot. */
export const FRIDAY = Date.parse('2026-10-23T10:00:00+08:00');

/** An id of ours that says what it is of: `idOf('org', 7)`. */
export const idOf = (prefix: string, number: number): string => `${prefix}_${String(number).padStart(26, '0')}`;

/** Personal data that must not turn up anywhere but in the identity record. */
export const canaries = {
  idNumber: composeIdCard('150102', businessDate('1985-06-12'), 777),
  phone: '13847770042',
  account: '6217009988776655443',
};

export const portsOf = ({ store }: Engine): Ports => ({ reads: store, calendar: async () => mainlandHolidays() });

export const organisationOf = (number: number, fields: Partial<Organisation> = {}): Organisation => ({
  id: idOf('org', number),
  version: 1,
  createdAt: FRIDAY,
  updatedAt: FRIDAY,
  kind: 'enterprise',
  uscc: composeUscc('150200', number),
  name: `包头第${number}机械厂`,
  jurisdiction: '150200',
  status: 'registered',
  industrySection: 'C',
  address: '包头市昆都仑区钢铁大街 1 号',
  ...fields,
});

export const memberOf = (organisation: Organisation, sub: string, role: Member['role'] = 'owner'): Member => ({
  organisationId: organisation.id,
  organisationKind: organisation.kind,
  sub,
  name: sub,
  role,
  version: 1,
  createdAt: FRIDAY,
  updatedAt: FRIDAY,
});

export const documentOf = (organisationId: string, number: number, purpose: DocumentPurpose): Document => ({
  id: idOf('doc', number),
  version: 1,
  createdAt: FRIDAY,
  updatedAt: FRIDAY,
  organisationId,
  uploadedBy: 'someone',
  purpose,
  fileName: 'scan.png',
  contentType: 'image/png',
  size: 1000,
  sha256: '0'.repeat(64),
  objectKey: `k/${number}`,
  status: 'accepted',
});

export const certificationOf = (organisation: Organisation, number: number, submittedBy: string): Certification => ({
  id: idOf('crt', number),
  version: 1,
  createdAt: FRIDAY,
  updatedAt: FRIDAY,
  organisationId: organisation.id,
  organisationKind: organisation.kind,
  organisationName: organisation.name,
  jurisdiction: organisation.jurisdiction,
  status: 'city-review',
  round: 1,
  submittedAt: FRIDAY,
  submittedBy,
  documents: { businessLicence: idOf('doc', 1), idCardFront: idOf('doc', 2), idCardBack: idOf('doc', 3) },
  findings: [],
  deciders: [],
  reasons: [],
});

/** Everything the table holds, in one order: equal dumps mean that nothing was written. */
export async function dump({ client, table }: Pick<Engine, 'client' | 'table'>): Promise<readonly string[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items.map(canonical).sort();
}

/** Items that are new, gone or different since the dump. */
export async function writtenSince(engine: Engine, before: readonly string[]): Promise<readonly string[]> {
  const after = await dump(engine);
  const [had, has] = [new Set(before), new Set(after)];
  return [...after.filter((item) => !had.has(item)), ...before.filter((item) => !has.has(item))];
}

/** JSON with the names of each object in one order, and with the text of what was made short. */
const canonical = (item: unknown): string =>
  JSON.stringify(item, (_name, value: unknown) => {
    if (value instanceof Uint8Array) return lengthen(value);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });

/** Collects every log line from now on, instead of printing it. */
export function captureLog(): { readonly lines: string[]; restore(): void } {
  const lines: string[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(' '))),
  );
  return { lines, restore: () => spies.forEach((spy) => void spy.mockRestore()) };
}
