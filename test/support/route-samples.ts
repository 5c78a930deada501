import { composeUscc } from '../../core/identity/uscc.ts';
import { defaultParameters } from '../../core/policy/default-parameters.ts';
import { canaries, idOf } from './registry-world.ts';

const documentId = idOf('doc', 7);
const uscc = composeUscc('150200', 7);

const offering = {
  name: '云 ERP',
  description: '企业经营管理',
  kind: 'business-management',
  price: '1000.00',
  priceUnit: 'month',
  voucherSupported: true,
  marketPrice: { price: '1200.00', source: '公开报价', observedOn: '2019-01-01', documentId },
};

const { yearlyCap: _cap, ownShareFloor: _floor, ...parameters } = defaultParameters;
const plan = {
  title: '2031 年云服务券发放规模计划',
  appropriation: '1000000.00',
  specs: [{ category: 'infrastructure', ratio: '0.15', amount: '500000.00', count: 100 }],
  parameters: {
    ...parameters,
    yearlyCap: '20000.00',
    ownShareFloor: '0.01',
    jurisdictionQuotas: { '150100': '500000.00' },
    providerQuota: '200000.00',
  },
};

const localPolicy = {
  name: { zh: '包头市上云配套补助', en: 'Baotou top-up' },
  basis: 'fee',
  ratio: '0.05',
  categories: ['infrastructure', 'business-application'],
  orderMaximum: '5000.00',
  enterpriseMaximum: '8000.00',
  priority: 1,
  fund: '1000000.00',
};

const version = {
  appliesFrom: '2019-10-01',
  reason: '财政追加预算',
  parameters: {
    yearlyCap: '15000.00',
    ownShareFloor: '1.00',
    voucherValidityDays: 90,
    reservationWorkingDays: 15,
    claimWindow: { from: '10-15', to: '12-31' },
    reviewWorkingDays: 7,
    publicityWorkingDays: 7,
    objectionWorkingDays: 12,
    renewalOfSameService: 'never',
    longestContractDays: 731,
    priceChangeNotice: '0.1',
    marketEvidenceDays: 90,
  },
  specs: [{ category: 'infrastructure', ratio: '0.2', amount: '500001.00', count: 101 }],
};

const order = {
  offeringId: idOf('off', 7),
  offeringNumber: 1,
  quantity: 1,
  wantedFrom: '2019-11-10',
  wantedTo: '2019-12-31',
};

const evidence = {
  invoices: [
    {
      code: '1500191130',
      number: '00000007',
      issuedOn: '2019-10-31',
      amount: '100000.00',
      buyerUscc: uscc,
      sellerUscc: composeUscc('150100', 7),
      documentId,
    },
  ],
  transfers: [
    {
      serial: 'ICBC0000000007',
      payerName: '草原工业',
      payeeName: '云帆科技',
      amount: '80000.00',
      paidOn: '2019-10-30',
      documentId,
    },
  ],
  usage: { from: '2019-01-01', to: '2019-10-31', activeUsers: 35, summary: '全年稳定使用', documentId },
  contractDocumentId: documentId,
};

const announcement = { fileName: '证据.png', contentType: 'image/png', size: 1000, sha256: '0'.repeat(64) };

const objection = {
  claimItemId: idOf('itm', 7),
  name: '王五',
  phone: canaries.phone,
  grounds: '服务没有提供',
  documentIds: [documentId],
};

/**
 * Bodies that the contract of a command takes, by operation; together they show every field of it. Commands without
 * fields need none.
 */
export const bodySamples: Readonly<Record<string, readonly unknown[]>> = {
  'register-organisation': [
    {
      kind: 'enterprise',
      uscc,
      name: '包头第七机械厂',
      jurisdiction: '150200',
      industrySection: 'C',
      address: '包头市青山区 7 号',
      memberName: '白音',
    },
  ],
  'correct-organisation': [
    { name: '包头第八机械厂', jurisdiction: '150300', industrySection: 'D', address: '乌海市海勃湾区 8 号' },
  ],
  'annul-registration': [{ reason: '冒用他人统一社会信用代码' }],
  'add-member': [{ sub: 'colleague', name: '苏和', role: 'clerk' }],
  'change-member-role': [{ role: 'owner' }],
  'put-identity': [
    {
      legalRepresentative: '李四',
      contactName: '张三',
      contactIdNumber: canaries.idNumber,
      contactPhone: canaries.phone,
      bankAccount: { accountName: '包头第七机械厂', bank: '工商银行包头分行', number: canaries.account },
    },
  ],
  'disclose-identity': [{ reason: '核对联系人身份' }],
  'submit-certification': [
    {
      documents: {
        businessLicence: documentId,
        idCardFront: documentId,
        idCardBack: documentId,
        industryService: documentId,
      },
    },
  ],
  'create-offering': [offering],
  'edit-offering-version': [offering],
  'add-offering-version': [offering],
  'withdraw-offering': [{ note: '不再提供' }],
  'draft-plan': [{ ...plan, year: 2031 }],
  'revise-plan': [plan],
  'propose-appropriation': [{ appropriation: '900000.00', reason: '财政压减' }],
  'draft-plan-version': [version],
  'revise-plan-version': [version],
  'propose-correction': [{ amount: '100.00', reasonCode: 'amount-mistyped', note: '多记一位零' }],
  'decide-correction': [
    { outcome: 'approve', note: '属实' },
    { outcome: 'refuse', note: '原记录无误' },
  ],
  'announce-calendar': [{ days: { '2031-01-01': 'holiday' }, complete: true }],
  'draft-local-policy': [{ ...localPolicy, year: 2031 }],
  'revise-local-policy': [localPolicy, { ...localPolicy, basis: 'voucher' }],
  'end-local-policy': [{ reason: '资金调整' }],
  'place-order': [
    { ...order, choice: { use: 'amount', amount: '5000.00' } },
    { ...order, choice: { use: 'maximum' }, whenShort: 'wait' },
    { ...order, choice: { use: 'none' } },
  ],
  'answer-order': [
    {
      contractNumber: 'HT-2019-7',
      lines: [{ kind: 'business-management', description: '云 ERP', listPrice: '100000.00', discount: '0.00' }],
      startsOn: '2019-11-10',
      endsOn: '2019-12-31',
      documentId,
      agreesToWait: true,
    },
  ],
  'decline-order': [{ reason: '无法提供' }],
  'cancel-order': [{ reason: '不再需要' }],
  'confirm-delivery': [
    { outcome: 'full', documentId },
    { outcome: 'part', deliveredFees: ['5000.00'], reason: '只交付一半', documentId },
    { outcome: 'not-performed', reason: '未交付', documentId },
  ],
  'add-claim-item': [{ ...evidence, voucherId: idOf('vch', 7) }],
  'change-claim-item': [evidence],
  'hear-provider': [{ statement: '质量问题已经改正' }],
  'audit-item': [
    { outcome: 'approve', note: '凭证齐全' },
    {
      outcome: 'reduce',
      reasonCode: 'quality-problem',
      severity: 'minor',
      recognisedFee: '90000.00',
      note: '多次中断',
    },
    { outcome: 'reject', reasonCode: 'sham-service', note: '没有服务' },
    {
      outcome: 'return',
      reasons: [{ pointer: '/invoices/0', reasonCode: 'illegible', note: '看不清' }],
      note: '请补正',
    },
  ],
  'declare-conflicts': [{ organisationIds: [idOf('org', 7)], statement: '本人曾任职' }],
  'lodge-public-objection': [objection],
  'lodge-objection': [objection],
  'request-upload': [{ ...announcement, purpose: 'contract' }],
  'request-objection-upload': [announcement],
  'order-payout': [{ year: 2019 }],
  'record-bank-answers': [
    { sending: 1, lines: [{ lineId: `${idOf('pln', 7)}_1`, outcome: 'paid', bankSerial: 'B2019-0007' }] },
    { sending: 1, lines: [{ lineId: `${idOf('pln', 7)}_1`, outcome: 'failed', reason: '账号不存在' }] },
  ],
  'correct-payout-line': [{ account: 'same', note: '银行系统故障，重发' }],
  'record-bank-return': [
    { amount: '100.00', bankSerial: 'T2019-0007', returnedOn: '2019-11-01', reason: '账户已销户' },
  ],
  'decide-bank-return': [
    { outcome: 'confirm', note: '已核对银行对账单' },
    { outcome: 'reject', note: '款项未到账' },
  ],
  'propose-recovery': [
    { voucherId: idOf('vch', 7), amount: '100.00', reasonCode: 'inspection-finding', note: '审计发现多付' },
  ],
  'decide-recovery': [
    { outcome: 'confirm', note: '情况属实' },
    { outcome: 'reject', note: '证据不足' },
  ],
  'record-repayment': [{ amount: '100.00', bankSerial: 'R2019-0007', paidOn: '2019-11-01' }],
  'decide-task': [
    {
      outcome: 'approve',
      reasonCode: 'data-mismatch',
      note: '已核对',
      reasons: [{ pointer: '/documents/businessLicence', reasonCode: 'document-illegible', note: '看不清' }],
      corrected: '100.00',
    },
  ],
  'hand-over-task': [{ note: '已核对营业执照，尚待核对身份证件' }],
  'take-over-task': [{ reasonCode: 'absent', note: '王工本周休假' }],
};

/** What a list must be asked with, by operation. Everything else may be left out. */
export const querySamples: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'list-organisations': { kind: 'enterprise', jurisdiction: '150200' },
  'list-notices': { year: '2019' },
  'list-local-policies': { jurisdiction: '150200', year: '2019' },
  'list-objections': { noticeId: idOf('ntc', 404) },
  'list-payouts': { year: '2019' },
  'list-recoveries': { year: '2019' },
};

/** Ids that name nothing, by the parameter that takes them. */
export const unknownIds: Readonly<Record<string, string>> = {
  organisationId: idOf('org', 404),
  sub: 'nobody-at-all',
  certificationId: idOf('crt', 404),
  documentId: idOf('doc', 404),
  offeringId: idOf('off', 404),
  number: '404',
  orderId: idOf('ord', 404),
  voucherId: idOf('vch', 404),
  claimId: idOf('clm', 404),
  itemId: idOf('itm', 404),
  noticeId: idOf('ntc', 404),
  objectionId: idOf('obj', 404),
  payoutId: idOf('pay', 404),
  lineId: `${idOf('pln', 404)}_1`,
  providerId: idOf('org', 404),
  recoveryId: idOf('rcv', 404),
  taskId: idOf('tsk', 404),
  year: '2098',
  postingId: 'led_appropriate_2098',
  policyId: idOf('lpl', 404),
  jurisdiction: '152900',
};
