/** A table as a file has it: every cell a text, each row with the number that people see beside it. */
export interface Sheet {
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  /** As Excel numbers it, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type UnreadableReason = 'old-excel' | 'not-a-table' | 'broken' | 'too-large' | 'encoding' | 'empty';

/** The file is no table that can be read; the reason says what to do. */
export class UnreadableFile extends Error {
  readonly reason: UnreadableReason;
  constructor(reason: UnreadableReason) {
    super(reason);
    this.reason = reason;
  }
}
