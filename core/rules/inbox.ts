import { defineRules } from './rule.ts';

/** Rules of the approval inbox. */
export const inboxRules = defineRules({
  'task-closed': {
    kind: 'state',
    zh: '该事项已办结（{state}），不能再次办理。',
    en: 'This task is closed ({state}); it cannot be decided again.',
  },
  'task-held': {
    kind: 'state',
    zh: '该事项已由{holder}认领，他人不能办理。请先与其联系；其不在岗或不便办理的，先“接手”并填写理由，再作决定。',
    en: '{holder} has taken this task, so nobody else can decide it. Talk to them first; if they are away or cannot, take it over with a reason, then decide.',
  },
  'task-in-your-hands': {
    kind: 'state',
    zh: '该事项已由您认领，可以直接办理或交接。',
    en: 'You have taken this task already: decide it, or hand it over.',
  },
  'task-in-no-hands': {
    kind: 'state',
    zh: '该事项现在无人认领，不能交接或接手。可以直接认领或办理。',
    en: 'Nobody has this task now, so there is nothing to hand over or to take over. Take it, or decide it.',
  },
  'take-over-note-required': {
    kind: 'rule',
    zh: '选择“其他”的，须在说明中写明接手的理由。',
    en: 'If the reason is “other”, say in the note why you take it over.',
  },
  'task-shared': {
    kind: 'state',
    zh: '该事项由多人同时在专门页面办理，不能由一人认领。',
    en: 'Several people do this at the same time on its own page; nobody takes it for themselves.',
  },
  'task-execution-ended': {
    kind: 'state',
    zh: '该事项所属流程已经终止，无需办理。请联系系统运营方。',
    en: 'The workflow of this task has ended; there is nothing to decide. Ask the operator.',
  },
  'task-decided-elsewhere': {
    kind: 'state',
    zh: '该事项在其专门页面办理，不能在待办箱直接决定。',
    en: 'This task is done on its own page, not decided in the inbox.',
  },
  'outcome-unknown': {
    kind: 'rule',
    zh: '办理结果只能是：{allowed}。',
    en: 'The outcome must be one of: {allowed}.',
  },
  'reason-required': {
    kind: 'rule',
    zh: '此结果须填写理由代码和说明。',
    en: 'This outcome needs a reason code and a note.',
  },
  'field-reasons-required': {
    kind: 'rule',
    clause: '四',
    zh: '退回补正须逐项写明需修改的内容。',
    en: 'A return for correction must say for each field what is wrong.',
  },
});
