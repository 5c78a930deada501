import { defineRules } from './rule.ts';

/** Rules of registration and certification (clauses 二, 三-(一), 四). */
export const registryRules = defineRules({
  'organisation-exists': {
    kind: 'state',
    clause: '二-(三)',
    zh: '统一社会信用代码 {uscc} 已登记为同类单位。请联系该单位的管理员将您加入。',
    en: 'The unified social credit code {uscc} is registered already. Ask its owner to add you.',
  },
  'member-exists': { kind: 'state', zh: '此人已是本单位成员。', en: 'This person is a member already.' },
  'owner-only': {
    kind: 'forbidden',
    zh: '只有单位管理员可以进行此操作。',
    en: 'Only the owner of the organisation may do this.',
  },
  'last-owner': {
    kind: 'state',
    zh: '管理员不能移除自己或取消自己的管理权限，请由另一位管理员办理。',
    en: 'Owners neither remove nor demote themselves: another owner does it.',
  },
  'identity-required': {
    kind: 'rule',
    clause: '四',
    zh: '请先填写法定代表人、联系人身份信息（服务商还须填写收款账户），再申请认证。',
    en: 'First give the legal representative and the contact (providers also the bank account), then apply.',
  },
  'bank-account-required': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '云服务商须填写收款账户，云服务券资金只拨付到该账户。',
    en: 'A provider must give the account that vouchers are paid to.',
  },
  'bank-account-not-own': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '收款账户户名须与单位名称一致。',
    en: 'The bank account must be in the name of the organisation.',
  },
  'document-required': {
    kind: 'rule',
    clause: '四',
    zh: '缺少{document}，请上传清晰、加盖公章的扫描件。',
    en: 'The document "{document}" is missing: upload a legible, stamped scan.',
  },
  'document-not-usable': {
    kind: 'rule',
    clause: '四',
    zh: '文件不可用：须为本单位上传、用途相符且已通过内容检查的文件。',
    en: 'This document cannot be used: it must be your own, for this purpose, and its content checked.',
  },
  'industry-evidence-required': {
    kind: 'rule',
    clause: '二-(一)',
    zh: '贵单位所属行业门类 {section} 不在采矿业、制造业、电力热力燃气水（B、C、D）之列，请上传服务于工业生产的证明。',
    en: 'Section {section} is not mining, manufacturing or utilities (B, C, D): upload evidence of serving industrial production.',
  },
  'record-number-taken': {
    kind: 'busy',
    zh: '备案号生成冲突，请重试。',
    en: 'The record number was taken; try again.',
  },
  'uscc-outside-region': {
    kind: 'rule',
    clause: '二-(一)',
    zh: '统一社会信用代码的登记机关行政区划不以 15 开头，请核对是否在自治区内登记。',
    en: 'The division in the unified social credit code does not start with 15: check that it is registered in the region.',
  },
  'uscc-other-jurisdiction': {
    kind: 'rule',
    clause: '四',
    zh: '统一社会信用代码的行政区划与所选盟市不一致，请核对所在地。',
    en: 'The division in the unified social credit code is not that of the chosen jurisdiction: check where it sits.',
  },
  'serves-industry': {
    kind: 'rule',
    clause: '二-(一)',
    zh: '所属行业门类为 {section}，依服务工业的证明申请，请核对证明。',
    en: 'It is in section {section} and applies on evidence of serving industry: check the evidence.',
  },
  'not-certified': {
    kind: 'rule',
    clause: '一-(一)',
    zh: '单位尚未通过认证，不能办理此事项。请先完成认证。',
    en: 'The organisation is not certified; finish certification first.',
  },
});
