import type { WorkStrings } from '../zh-CN.ts';

/** Texts of who has a task in hand, and of the days by which the last level is expected to decide. */
export const desk: WorkStrings['desk'] = {
  hands: 'Taken by',
  free: 'Nobody has taken it',
  freeText:
    'Take it, and only you decide it; colleagues see that it is in your hands. You may also decide it without taking it.',
  mine: 'You have taken it',
  mineText: 'Only you can decide it. Before you leave, hand it over and say where things stand.',
  others: (name) => `Taken by ${name}`,
  since: (time) => `since ${time}`,
  take: 'Take it',
  handOver: 'Hand over',
  takeOver: 'Take over',
  handOverTitle: (label) => `Hand over “${label}”`,
  handOverLead:
    'It goes back to the inbox, where any colleague who may decide it can take it. Your note stands above the case and in its trail.',
  handOverNote: 'Where things stand, and what is left to do',
  handOverHint:
    'Colleagues of this inbox and inspectors read it, those concerned do not. No identity numbers or telephones, please.',
  handOverSubmit: 'Hand it over',
  takeOverTitle: (label, name) => `Take “${label}” over from ${name}`,
  takeOverLead: (name) => `You decide it then, and ${name} no longer can. The reason stands in the trail.`,
  takeOverReason: 'Why you take it over',
  takeOverNote: 'Note',
  takeOverHint: 'Colleagues of this inbox and inspectors read it, those concerned do not.',
  takeOverSubmit: 'Take it over',
  cancel: 'Cancel',
  handedOver: (name, time) => `${name} handed it over on ${time}:`,
  heldThen: 'Taken by, at the time',
  filter: 'In whose hands',
  held: { mine: 'In mine', free: 'In nobody’s', others: 'In a colleague’s' },
  me: 'me',
  keys: { take: 'Take it (or take it over)', handOver: 'Hand it over' },
  actions: { take: 'Taken', 'hand-over': 'Handed over', 'take-over': 'Taken over' },
  expected: (day) => `expected by ${day}`,
  lastLevel: 'Past the day nothing is decided by itself. It counts as overdue until somebody decides it.',
  limit: 'Time limit',
  applicant: {
    here: (day) => `Expected to be decided by ${day}.`,
    hereLate: (day) => `It was expected to be decided by ${day}, and still waits.`,
    region: (day) => `The regional department of industry has it and is expected to decide by ${day}.`,
    regionLate: (day) =>
      `The regional department of industry has it. It was expected to decide by ${day}, and still has to.`,
    audit: (day) => `The third-party auditors have it and are expected to complete it by ${day}.`,
    auditLate: (day) =>
      `The third-party auditors have it. They were expected to complete it by ${day}, and are still at it.`,
  },
};
