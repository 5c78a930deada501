import { expect, test } from 'vitest';
import { businessDate, startOfDay } from '../../../../core/calendar/business-date.ts';
import { mainlandHolidays } from '../../../../core/calendar/working-days.ts';
import {
  canBeTaken,
  handOverTask,
  heldByAnother,
  holderOf,
  takeOverTask,
  takeTask,
} from '../../../../core/inbox/holding.ts';
import { takeOverIssues, takeOverReasonCodes } from '../../../../core/inbox/take-over-reasons.ts';
import { type Task, taskKinds } from '../../../../core/inbox/task.ts';
import { lastDayOf } from '../../../../core/inbox/time-limit.ts';

const task: Task = {
  id: 'tsk_1',
  version: 1,
  createdAt: 0,
  updatedAt: 0,
  kind: 'offering-review',
  status: 'open',
  role: 'regional-officer',
  subject: { entity: 'offering', id: 'off_1', label: '云 ERP' },
  excluded: ['a-member'],
  token: 'token',
  executionName: 'execution',
};
const wulan = { sub: 'officer-1', name: '乌兰', at: 100 };
const suhe = { sub: 'officer-2', name: '苏和', at: 200 };

test('a task is in nobody’s hands, then in one pair, then in another, then in nobody’s again, with the note kept', () => {
  expect(holderOf(task)).toBeUndefined();
  const taken = takeTask(task, wulan).task;
  expect(holderOf(taken)).toEqual({ sub: 'officer-1', name: '乌兰', since: 100 });
  const over = takeOverTask(taken, { ...suhe, reasonCode: 'absent' }).task;
  expect(holderOf(over)).toEqual({ sub: 'officer-2', name: '苏和', since: 200 });
  const free = handOverTask(over, { ...suhe, note: '待核' }).task;
  expect([holderOf(free), free.handOver, free.version]).toEqual([
    undefined,
    { by: 'officer-2', byName: '苏和', at: 200, note: '待核' },
    4,
  ]);
  expect(takeTask(free, wulan).task.handOver).toEqual(free.handOver);
});

test('it is another’s for everybody but whoever has it', () => {
  const taken = takeTask(task, wulan).task;
  expect(heldByAnother(task, 'officer-2')).toBeUndefined();
  expect(heldByAnother(taken, 'officer-1')).toBeUndefined();
  expect(heldByAnother(taken, 'officer-2')).toEqual({ values: { holder: '乌兰' } });
});

test('what several people do at once is in nobody’s hands', () => {
  expect(taskKinds.filter((kind) => !canBeTaken({ kind }))).toEqual([
    'claim-audit',
    'bank-answer',
    'payout-correction',
  ]);
});

test('a reason that no code names is written out', () => {
  for (const code of Object.keys(takeOverReasonCodes) as (keyof typeof takeOverReasonCodes)[]) {
    expect([code, takeOverIssues({ reasonCode: code }).length]).toEqual([code, code === 'other' ? 1 : 0]);
    expect(takeOverIssues({ reasonCode: code, note: '说明' })).toEqual([]);
  }
});

test('the last day counts working days after the one on which it begins, by the parameter and the calendar', async () => {
  const ports = { reads: { get: async () => undefined } as never, calendar: async () => mainlandHolidays() };
  // Friday before the National Day of 2019, whose Sunday was a working day.
  const friday = startOfDay(businessDate('2019-09-27'));
  expect(await lastDayOf(ports, friday)).toBe('2019-10-10');
  expect(await lastDayOf(ports, friday, { times: 2, year: 2019 })).toBe('2019-10-16');
  expect(await lastDayOf(ports, friday, { limit: 'objectionWorkingDays', year: 2019 })).toBe('2019-10-16');
});
