import { addDays, type BusinessDate, businessDateOf } from '../../core/calendar/business-date.ts';
import { categoryOf, type Kind } from '../../core/catalogue/kinds.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { APPROPRIATE, move } from '../../core/ledger/posting.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { defaultParameters } from '../../core/policy/default-parameters.ts';
import type { Plan } from '../../core/policy/plan.ts';
import { openingVersion } from '../../core/policy/plan-version.ts';
import { type QuotaParameters, quotaLines } from '../../core/policy/quotas.ts';
import type { Change } from '../../core/ports/store.ts';
import type { Jurisdiction } from '../../core/registry/jurisdictions.ts';
import { type Organisation, usccKey } from '../../core/registry/organisation.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import type { Store } from '../../storage/store.ts';
import type { Caller } from '../support/http-event.ts';
import type { Random } from './random.ts';

/** An organisation of the story, with two people who act for it. */
export interface Party {
  readonly organisation: Organisation;
  readonly members: readonly [Caller, Caller];
}

export interface Offer {
  readonly offeringId: string;
  readonly kind: Kind;
  readonly provider: Party;
}

/** What the years before have left behind: certified parties, reviewed offerings, an open plan. */
export interface Prepared {
  readonly year: number;
  readonly enterprises: readonly Party[];
  readonly providers: readonly Party[];
  /** What the year's plan gives the enterprises of a jurisdiction, and the customers of one provider, at most: fen. */
  readonly quotas: QuotaParameters;
  /** What is for sale; in a rush everybody wants the same. */
  readonly offers: readonly Offer[];
  /** Whether everybody acts at the same moment. */
  readonly rush: boolean;
}

const HOHHOT = '150100' satisfies Jurisdiction;
const BAOTOU = '150200' satisfies Jurisdiction;

const catalogue: readonly (readonly Kind[])[] = [
  ['computing', 'database'],
  ['business-management', 'collaboration'],
];

/** Makes the world that a run begins in. How short of money it is differs from seed to seed. */
export async function prepare(store: Store, seed: number, random: Random, at: number): Promise<Prepared> {
  const newId = idsOf(`prepared ${seed}`);
  const today: BusinessDate = businessDateOf(at);
  const year = Number(today.slice(0, 4));
  let batches = 0;
  const commit = async (changes: readonly Change[]) => {
    batches += 1;
    const origin = { actor: { sub: 'before', role: 'system' as const }, at, requestId: `before-${batches}` };
    const committed = await store.commit(changes, origin);
    if (!committed.ok) throw new Error(JSON.stringify(committed));
  };

  const party = async (
    kind: Organisation['kind'],
    serial: number,
    jurisdiction: Jurisdiction = HOHHOT,
  ): Promise<Party> => {
    const organisation: Organisation = {
      id: newId('org'),
      ...born(at),
      kind,
      uscc: composeUscc(jurisdiction, serial),
      name: `${kind === 'enterprise' ? '草原工业' : '云帆科技'}${serial}有限公司`,
      jurisdiction,
      status: 'certified',
      industrySection: kind === 'enterprise' ? 'C' : 'I',
      address: '呼和浩特市新城区',
    };
    const members = [1, 2].map((n) => ({ sub: `${kind}-${serial}-${n}` })) as [Caller, Caller];
    await commit([
      { do: 'create', entity: 'organisation', value: organisation },
      {
        do: 'claim-unique',
        kind: 'organisation-uscc',
        key: usccKey(organisation),
        owner: organisation.id,
        rule: 'organisation-exists',
      },
      ...members.map(
        ({ sub }): Change => ({
          do: 'create',
          entity: 'member',
          value: {
            organisationId: organisation.id,
            organisationKind: kind,
            sub,
            name: '张三',
            role: 'owner',
            ...born(at),
          },
        }),
      ),
      {
        do: 'create',
        entity: 'identityRecord',
        value: {
          organisationId: organisation.id,
          ...born(at),
          legalRepresentative: '李四',
          contactName: '张三',
          contactIdNumber: '150102199001011230',
          contactPhone: '13800000011',
          bankAccount: { accountName: organisation.name, bank: '工商银行', number: `62220210${serial}` },
          accountVersion: 1,
          disclosures: [],
        },
      },
    ]);
    return { organisation, members };
  };

  const enterprises = [
    await party('enterprise', 1),
    await party('enterprise', 2),
    await party('enterprise', 3, BAOTOU),
  ];
  const providers: Party[] = [];
  const offers: Offer[] = [];
  for (const [n, sold] of catalogue.entries()) {
    const provider = await party('provider', 11 + n);
    providers.push(provider);
    for (const kind of sold) {
      const offeringId = newId('off');
      offers.push({ offeringId, kind, provider });
      await commit(offering(offeringId, kind, provider, at, addDays(today, -30), newId('doc')));
    }
  }

  // From far too little to enough for everybody.
  const fund = random.chance(0.5) ? random.int(2_500_000, 5_000_000) : random.int(5_000_000, 12_000_000);
  const spec = { amount: fen(Math.floor(fund / 3)), count: random.int(2, 6) };
  // In some seeds places and providers are limited too, mostly below what the fund would give.
  const quotas: QuotaParameters = random.chance(0.4)
    ? {
        jurisdictionQuotas: {
          [HOHHOT]: fen(random.int(500_000, 3_500_000)),
          [BAOTOU]: fen(random.int(300_000, 2_000_000)),
        },
        ...(random.chance(0.7) ? { providerQuota: fen(random.int(500_000, 3_000_000)) } : {}),
      }
    : {};
  const plan: Plan = {
    year,
    ...born(at),
    status: 'open',
    policyVersion: 1,
    title: String(year),
    appropriation: fen(fund),
    parameters: { ...defaultParameters, ...quotas },
    specs: [
      { id: 'inf', category: 'infrastructure', ratio: '0.15', ...spec },
      { id: 'app', category: 'business-application', ratio: '0.20', ...spec },
      { id: 'plt', category: 'platform-system', ratio: '0.25', ...spec },
    ],
    signatures: [],
    draftedBy: 'before',
  };
  await commit([
    { do: 'create', entity: 'plan', value: plan },
    { do: 'create', entity: 'planVersion', value: openingVersion(plan) },
    ...[...plan.specs, ...quotaLines(quotas)].map(
      ({ id, amount, count }): Change => ({ do: 'open-spec', year, specId: id, amount, count }),
    ),
    {
      do: 'post',
      posting: {
        id: `led_open_${year}`,
        year,
        at,
        reason: APPROPRIATE,
        reference: { entity: 'plan', id: String(year) },
        actor: 'before',
        entries: move('appropriation', 'available', fund),
        specs: [],
      },
    },
  ]);
  const rush = seed % 2 === 0;
  return { year, enterprises, providers, quotas, offers: rush ? offers.slice(0, 2) : offers, rush };
}

function offering(
  offeringId: string,
  kind: Kind,
  { organisation: provider }: Party,
  at: number,
  observedOn: string,
  documentId: string,
): Change[] {
  const sold = {
    kind,
    category: categoryOf(kind),
    price: fen(1_000_000),
    priceUnit: 'month',
    voucherSupported: true,
  } as const;
  return [
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
        listing: { name: '云服务', ...sold },
      },
    },
    {
      do: 'create',
      entity: 'offeringVersion',
      value: {
        offeringId,
        number: 1,
        ...born(at),
        providerId: provider.id,
        status: 'published',
        name: '云服务',
        description: '云服务',
        ...sold,
        marketPrice: { price: fen(1_000_000), source: '公开报价', observedOn, documentId },
        findings: [],
        reasons: [],
      },
    },
  ];
}
