import { type Role, type StaffRole, staffRoles } from '../../core/actors/actor.ts';
import type { Document, DocumentPurpose } from '../../core/documents/document.ts';
import type { Task } from '../../core/inbox/task.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { openingVersion } from '../../core/policy/plan-version.ts';
import type { Jurisdiction } from '../../core/registry/jurisdictions.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { claimsWorld, FACE, newId, noon } from './claims-world.ts';
import type { Engine } from './engine.ts';
import type { Caller } from './http-event.ts';
import { canaries, certificationOf } from './registry-world.ts';
import { wholeApi } from './whole-api.ts';

/** Everybody but the system, who has no token. */
export const callingRoles = [...staffRoles, 'enterprise', 'provider', 'person'] as const;
export type CallingRole = (typeof callingRoles)[number];

/** Which role a kind of task is for, one kind each. */
const taskOfRole = {
  'city-reviewer': 'enterprise-certification',
  'regional-officer': 'offering-review',
  'finance-officer': 'payout-finance',
  auditor: 'claim-audit',
} as const satisfies Partial<Record<StaffRole, Task['kind']>>;
/** What must leave the system in no answer and no log line. */
const secrets = {
  callbackToken: 'AQCEAAAAKgAAAAMAAAAAAAAAcanaryOfACallbackToken==',
  storeSecret: 'a secret of this machine',
} as const;
export type DecidingRole = keyof typeof taskOfRole;
export const decidingRoles = Object.keys(taskOfRole) as DecidingRole[];

/**
 * Two sides that have nothing to do with each other: an enterprise and a provider each, in a jurisdiction of their
 * own, with one record of every kind between them, and every function of the API.
 */
export async function wholeWorld(engine: Engine) {
  const claims = await claimsWorld(engine);
  const { seed, clock } = claims;
  const at = clock.at;
  const api = await wholeApi(engine, () => clock.at);

  const document = async (
    owner: Organisation | undefined,
    purpose: DocumentPurpose,
    status: Document['status'] = 'accepted',
  ): Promise<string> => {
    const id = newId('doc');
    await seed({
      do: 'create',
      entity: 'document',
      value: {
        id,
        ...born(at),
        ...(owner ? { organisationId: owner.id, jurisdiction: owner.jurisdiction } : {}),
        uploadedBy: 'seed',
        purpose,
        fileName: 'scan.png',
        contentType: 'image/png',
        size: 1000,
        sha256: '0'.repeat(64),
        objectKey: id,
        status,
      },
    });
    return id;
  };

  /** What an organisation has by itself: identity with canaries, a clerk, an application, documents. */
  const standing = async (organisation: Organisation, serial: number) => {
    const clerk = `clerk-${organisation.id}`;
    const certification = {
      ...certificationOf(organisation, serial, `user-${organisation.id}`),
      documents: {
        businessLicence: await document(organisation, 'business-licence'),
        idCardFront: await document(organisation, 'id-card-front'),
        idCardBack: await document(organisation, 'id-card-back'),
      },
    };
    await seed(
      { do: 'create', entity: 'certification', value: certification },
      {
        do: 'create',
        entity: 'member',
        value: {
          organisationId: organisation.id,
          organisationKind: organisation.kind,
          sub: clerk,
          name: '苏和',
          role: 'clerk',
          ...born(at),
        },
      },
      {
        do: 'create',
        entity: 'identityRecord',
        value: {
          organisationId: organisation.id,
          ...born(at),
          legalRepresentative: '李四',
          contactName: '张三',
          contactIdNumber: canaries.idNumber,
          contactPhone: canaries.phone,
          bankAccount: { accountName: organisation.name, bank: '工商银行', number: canaries.account },
          accountVersion: 1,
          disclosures: [],
        },
      },
    );
    return {
      organisationId: organisation.id,
      sub: clerk,
      certificationId: certification.id,
      documentId: certification.documents.businessLicence,
      idCardId: certification.documents.idCardFront,
      requestedId: await document(organisation, 'contract', 'requested'),
    };
  };

  const side = async (jurisdiction: Jurisdiction, serial: number) => {
    const enterprise = await claims.organisation('enterprise', { jurisdiction });
    const provider = await claims.organisation('provider', { jurisdiction });
    const { order, voucher } = await claims.purchase({
      enterprise,
      provider,
      order: { jurisdiction },
      voucher: { jurisdiction, status: 'claimed' },
    });
    const { offeringId } = order;
    const [claimId, itemId, noticeId, objectionId, payoutId] = ['clm', 'itm', 'ntc', 'obj', 'pay'].map(newId) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const lineId = `${newId('pln')}_1`;
    const policyId = newId('lpl');
    const recoveryId = newId('rcv');
    await seed(
      {
        do: 'create',
        entity: 'offering',
        value: {
          id: offeringId,
          ...born(at),
          providerId: provider.id,
          providerName: provider.name,
          status: 'published',
          publishedNumber: 1,
          latestNumber: 1,
          listing: {
            name: '云 ERP',
            kind: 'business-management',
            category: 'business-application',
            price: fen(1_000_000),
            priceUnit: 'month',
            voucherSupported: true,
          },
        },
      },
      {
        do: 'create',
        entity: 'claim',
        value: {
          id: claimId,
          ...born(at),
          status: 'in-publicity',
          providerId: provider.id,
          providerName: provider.name,
          year: 2019,
          itemCount: 1,
          asked: FACE,
          auditors: [],
          round: 1,
          noticeId,
        },
      },
      {
        do: 'create',
        entity: 'claimItem',
        value: {
          claimId,
          id: itemId,
          ...born(at),
          status: 'objected',
          providerId: provider.id,
          voucherId: voucher.id,
          voucherNumber: voucher.number,
          orderId: order.id,
          enterpriseId: enterprise.id,
          enterpriseName: enterprise.name,
          enterpriseUscc: enterprise.uscc,
          year: 2019,
          activeAt: voucher.activeAt,
          asked: FACE,
          invoices: [],
          transfers: [],
          contractDocumentId: order.contract?.documentId ?? '',
          findings: [],
          openObjectionId: objectionId,
        },
      },
      {
        do: 'create',
        entity: 'notice',
        value: {
          id: noticeId,
          ...born(at),
          status: 'open',
          claimId,
          providerId: provider.id,
          providerName: provider.name,
          year: 2019,
          edition: 1,
          replaced: [],
          publishedOn: '2019-11-04',
          publishedAt: noon('2019-11-04'),
          workingDays: 5,
          days: ['2019-11-05', '2019-11-06', '2019-11-07', '2019-11-08', '2019-11-11'],
          lastDay: '2019-11-11',
          endsAt: noon('2019-11-11') + 12 * 3_600_000,
          provisional: false,
          lineCount: 1,
          approvedTotal: FACE,
          sha256: '0'.repeat(64),
        },
      },
      {
        do: 'create',
        entity: 'noticePage',
        value: {
          noticeId,
          page: 1,
          ...born(at),
          lines: [
            {
              claimItemId: itemId,
              voucherNumber: voucher.number,
              enterpriseName: enterprise.name,
              enterpriseUscc: enterprise.uscc,
              asked: FACE,
              approved: FACE,
              outcome: 'approved',
            },
          ],
        },
      },
      {
        do: 'create',
        entity: 'objection',
        value: {
          id: objectionId,
          ...born(at),
          status: 'open',
          noticeId,
          claimId,
          claimItemId: itemId,
          grounds: '服务没有提供',
          joined: [],
          documentIds: [],
          objector: { name: '王五', phone: canaries.phone },
          dueOn: '2019-11-19',
        },
      },
      {
        do: 'create',
        entity: 'payout',
        value: {
          id: payoutId,
          ...born(at),
          status: 'at-bank',
          year: 2019,
          proposedBy: 'proposer',
          proposedAt: at,
          lineCount: 1,
          itemCount: 1,
          total: FACE,
          deferred: fen(0),
          approvals: [],
          sending: 1,
          paid: FACE,
          returned: fen(0),
          skipped: [],
          unanswered: 1,
          failed: 0,
        },
      },
      {
        do: 'create',
        entity: 'payoutLine',
        value: {
          payoutId,
          id: lineId,
          ...born(at),
          status: 'sent',
          providerId: provider.id,
          providerName: provider.name,
          amount: FACE,
          items: [
            {
              claimId,
              claimItemId: itemId,
              voucherId: voucher.id,
              amount: FACE,
              deferred: fen(0),
              deferredBefore: false,
              activeAt: voucher.activeAt,
            },
          ],
          sending: 1,
          answers: [],
          accountVersion: 1,
          processedItems: 1,
          settledItems: 0,
        },
      },
    );
    await seed({
      do: 'create',
      entity: 'localPolicy',
      value: {
        id: policyId,
        ...born(at),
        status: 'draft',
        jurisdiction,
        year: 2019,
        terms: {
          name: { zh: '配套补助', en: 'Top-up' },
          basis: 'fee',
          ratio: '0.05',
          categories: ['business-application'],
          orderMaximum: fen(500_000),
          enterpriseMaximum: fen(800_000),
          priority: 1,
          fund: fen(100_000_000),
        },
        drafters: ['drafter'],
      },
    });
    await seed({
      do: 'create',
      entity: 'recovery',
      value: {
        providerId: provider.id,
        id: recoveryId,
        ...born(at),
        status: 'confirmed',
        providerName: provider.name,
        voucherId: voucher.id,
        voucherNumber: voucher.number,
        orderId: order.id,
        year: 2019,
        amount: FACE,
        reasonCode: 'inspection-finding',
        note: '审计发现多付',
        proposedBy: 'proposer',
        excluded: ['proposer'],
        held: fen(0),
        recovered: fen(0),
        returns: [],
      },
    });
    const postingId = `led_appropriate_2019_${serial}`;
    await seed({
      do: 'post',
      posting: {
        id: postingId,
        year: 2019,
        at,
        reason: 'appropriate',
        reference: { entity: 'plan', id: '2019' },
        actor: 'seed',
        entries: { appropriation: -100, available: 100 },
        specs: [],
      },
    });
    await seed({
      do: 'create',
      entity: 'correction',
      value: {
        year: 2019,
        postingId,
        ...born(at),
        status: 'proposed',
        reason: 'appropriate',
        moved: fen(100),
        corrected: fen(0),
        amount: fen(100),
        reasonCode: 'entered-twice',
        note: '重复登记',
        proposedBy: 'proposer',
        proposedAt: at,
        approvals: [],
        excluded: ['proposer'],
        postings: [],
      },
    });
    const tasks = {} as Record<DecidingRole, string>;
    for (const role of decidingRoles) {
      tasks[role] = newId('tsk');
      await seed({
        do: 'create',
        entity: 'task',
        value: {
          id: tasks[role],
          ...born(at),
          kind: taskOfRole[role],
          status: 'open',
          role,
          ...(role === 'city-reviewer' ? { jurisdiction } : {}),
          subject: { entity: 'claim', id: claimId, label: provider.name },
          excluded: [],
          token: secrets.callbackToken,
          executionName: 'execution',
        },
      });
    }
    return {
      jurisdiction,
      enterprise: await standing(enterprise, serial),
      provider: await standing(provider, serial + 1),
      tasks,
      publicUploadId: await document(undefined, 'objection-evidence', 'requested'),
      shared: {
        offeringId,
        number: '1',
        orderId: order.id,
        voucherId: voucher.id,
        claimId,
        itemId,
        noticeId,
        objectionId,
        payoutId,
        lineId,
        policyId,
        jurisdiction,
        providerId: provider.id,
        recoveryId,
        postingId,
        year: '2019',
      },
    };
  };
  type Side = Awaited<ReturnType<typeof side>>;

  const plan = await engine.store.get('plan', { year: 2019 });
  if (!plan) throw new Error('no plan');
  await seed({ do: 'create', entity: 'planVersion', value: openingVersion(plan) });

  // The close of the year that is done: only then is it public.
  const none = { count: 0, amount: fen(0) };
  await seed({
    do: 'create',
    entity: 'yearEnd',
    value: {
      year: 2019,
      ...born(at),
      status: 'closed',
      requestedBy: 'treasurer',
      survey: { used: none },
      approvals: [{ department: 'finance', sub: 'approver', at }],
      reservations: none,
      moved: { count: 0, active: fen(0), accrued: fen(0), deferred: fen(0) },
      oldestVoucherYear: 2019,
      rounds: 1,
      carried: { live: [], free: [{ originYear: 2019, amount: FACE }], lapsed: [], shortfall: fen(0) },
      closedAt: at,
    },
  });
  const own = await side('150200', 71);
  const foreign = await side('150500', 81);
  await seed({
    do: 'create',
    entity: 'conflictDeclaration',
    value: { auditorSub: 'the-auditor', ...born(at), organisationIds: [], statement: '无利害关系' },
  });

  /** Someone of this role; members and city reviewers belong to a side. */
  const callerOf = (role: Role, of: Side): Caller => {
    switch (role) {
      case 'enterprise':
      case 'provider':
        return { sub: `user-${of[role].organisationId}` };
      case 'city-reviewer':
        return { sub: `the-city-${of.jurisdiction}`, roles: [role], jurisdiction: of.jurisdiction };
      case 'person':
        return { sub: 'somebody' };
      default:
        return { sub: `the-${role}`, roles: [role] };
    }
  };

  return { ...api, engine, own, foreign, callerOf, secrets };
}
export type WholeWorld = Awaited<ReturnType<typeof wholeWorld>>;
export type Side = WholeWorld['own'];
