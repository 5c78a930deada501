import type { Report } from './verify.ts';

/** The report for people: each finding in both languages with its repair, and a last line of JSON for programs. */
export function print({ items, looks, findings }: Report, write: (line: string) => void): void {
  for (const { check, code, where, zh, en, repairZh, repairEn } of findings) {
    write(`✗ ${check}/${code}  ${where}`);
    write(`    ${zh}`);
    write(`    ${en}`);
    write(`    → ${repairZh}`);
    write(`    → ${repairEn}`);
  }
  write(
    findings.length === 0
      ? `✓ 已核对 ${items} 条记录，未发现问题。 · ${items} records checked, nothing found.`
      : `✗ 已核对 ${items} 条记录，发现 ${findings.length} 个问题。 · ${items} records checked, ${findings.length} found.`,
  );
  const byCheck: Record<string, number> = {};
  for (const { check } of findings) byCheck[check] = (byCheck[check] ?? 0) + 1;
  write(JSON.stringify({ items, looks, findings: findings.length, byCheck }));
}
