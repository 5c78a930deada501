/** One line of a table: a figure beside its floor of the same run. */
export interface Line {
  readonly measure: string;
  /** With its unit. */
  readonly value: string;
  readonly floor?: string;
  readonly ratio?: number;
  readonly target?: string;
  readonly met?: boolean;
  readonly note?: string;
}

/** Prints lines as a Markdown table, ready for `docs/performance.md`. */
export function printTable(title: string, lines: readonly Line[]): void {
  console.log(`\n### ${title}\n`);
  console.log('| measure | value | floor, same run | ratio | target | met |');
  console.log('|---|---|---|---|---|---|');
  for (const line of lines) {
    const ratio = line.ratio === undefined ? '–' : line.ratio.toFixed(2);
    const met = line.met === undefined ? '–' : line.met ? 'yes' : '**no**';
    console.log(
      `| ${line.measure} | ${line.value} | ${line.floor ?? '–'} | ${ratio} | ${line.target ?? '–'} | ${met} |`,
    );
  }
  for (const { note } of lines) if (note) console.log(`\n${note}`);
}

/** The value at this share of the sorted whole (0.5: the median); 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const round = (value: number): string => Math.round(value).toLocaleString('en-US');
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
