import { composeUscc } from '../core/identity/uscc.ts';
import { born } from '../core/lifecycle/record.ts';
import { fen } from '../core/money/money.ts';
import type { Voucher } from '../core/orders/voucher.ts';
import { defaultParameters } from '../core/policy/default-parameters.ts';
import type { Change } from '../core/ports/store.ts';
import type { Store } from '../storage/store.ts';

/** Fen of every voucher of a made-up year, and vouchers of each of its enterprises. */
export const FACE = fen(150_000);
export const PER_ENTERPRISE = 10;
/** Vouchers written in one transaction. */
const CHUNK = 20;
const AT_ONCE = 8;

export interface MadeUpYear {
  readonly year: number;
  readonly count: number;
  /** When all of it was written, epoch ms. */
  readonly at: number;
}

/** Writes an open plan with live vouchers and the money behind them: what the close of a year has to move. */
export async function makeUpYear(store: Store, { year, count, at }: MadeUpYear): Promise<void> {
  const commit = async (changes: readonly Change[], requestId: string) => {
    const committed = await store.commit(changes, { actor: { sub: 'made-up', role: 'system' }, at, requestId });
    if (!committed.ok) throw new Error(JSON.stringify(committed));
  };
  await commit(
    [
      {
        do: 'create',
        entity: 'plan',
        value: {
          year,
          ...born(at),
          status: 'open',
          policyVersion: 1,
          title: String(year),
          appropriation: fen(FACE * count),
          parameters: defaultParameters,
          specs: [{ id: 'inf', category: 'infrastructure', ratio: '0.15', amount: FACE, count: 1 }],
          signatures: [],
          draftedBy: 'made-up',
        },
      },
    ],
    `plan-${year}`,
  );
  const chunks = Array.from({ length: Math.ceil(count / CHUNK) }, (_, n) => n * CHUNK);
  const worker = async () => {
    for (let first = chunks.shift(); first !== undefined; first = chunks.shift()) {
      const vouchers = Array.from({ length: Math.min(CHUNK, count - first) }, (_, n) => voucherOf(year, first + n, at));
      await commit(vouchers.flatMap(issued), `vouchers-${year}-${first}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function voucherOf(year: number, n: number, at: number): Voucher {
  const id = `${year}${String(n).padStart(22, '0')}`;
  const buyer = Math.floor(n / PER_ENTERPRISE);
  return {
    id: `vch_${id}`,
    ...born(at),
    status: n % 3 === 0 ? 'active' : 'used',
    number: `YQ${id}`,
    year,
    policyVersion: 1,
    enterpriseId: `org_${buyer}`,
    enterpriseName: '草原工业',
    enterpriseUscc: composeUscc('150100', buyer),
    jurisdiction: '150100',
    providerId: 'org_provider',
    providerName: '云帆科技',
    orderId: `ord_${id}`,
    contractSha256: '0'.repeat(64),
    face: FACE,
    issuedFace: FACE,
    parts: [],
    activeAt: at + n,
    expiresOn: `${year + 1}-12-31`,
    receipt: [],
  };
}

const issued = (voucher: Voucher): Change[] => [
  { do: 'create', entity: 'voucher', value: voucher },
  {
    do: 'post',
    posting: {
      id: `led_issue_${voucher.id}`,
      year: voucher.year,
      at: voucher.activeAt,
      reason: 'issue',
      reference: { entity: 'voucher', id: voucher.id },
      orderId: voucher.orderId,
      actor: 'made-up',
      entries: { appropriation: -voucher.face, active: voucher.face },
      specs: [],
    },
  },
];
