import type { WorkStrings } from '../zh-CN.ts';

export const openWork: WorkStrings['openWork'] = {
  title: 'What waits for a decision now',
  lead: 'Open cases of every city and department, of all years. Overdue are those whose time limit has passed; the figures follow within seconds.',
  open: (n) => `${n} open`,
  overdue: (n) => `${n} overdue`,
  inTime: 'In time',
  late: 'Overdue',
  idle: (offices) => `No open cases: ${offices.join(', ')}.`,
  earliest: (day) => `first limit ${day}`,
};
