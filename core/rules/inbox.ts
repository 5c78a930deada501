import { defineRules } from './rule.ts';

/** Rules of the approval inbox. */
export const inboxRules = defineRules({
  'task-closed': {
    kind: 'state',
    zh: '该事项已办结（{state}），不能再次办理。',
    en: 'This task is closed ({state}); it cannot be decided again.',
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
