import type { Strings } from '../../strings/zh-CN.ts';
import type { Organisation } from './certification-status.tsx';

/** Something that can be done for an organisation, and the page where it is done. */
interface Deed {
  readonly to: `/${string}`;
  readonly search?: Readonly<Record<string, string>>;
  readonly of: readonly Organisation['kind'][];
  /** Only once it is certified. */
  readonly certified?: true;
  /** What the organisation's status asks for now. */
  readonly firstAt?: readonly Organisation['status'][];
  readonly title: (strings: Strings) => string;
  readonly hint: (strings: Strings, organisation: Organisation) => string;
}

const both = ['enterprise', 'provider'] as const;

/** What an organisation can do here, in the order in which it is shown. */
const deeds: readonly Deed[] = [
  {
    to: '/mine/$organisationId/certification',
    of: both,
    firstAt: ['registered', 'returned', 'rejected'],
    title: ({ enterprise }) => enterprise.home.certification,
    hint: ({ enterprise }, { status }) => enterprise.home.certificationHints[status],
  },
  {
    to: '/catalogue',
    search: { voucher: 'true' },
    of: ['enterprise'],
    certified: true,
    firstAt: ['certified'],
    title: ({ enterprise }) => enterprise.home.catalogue,
    hint: ({ enterprise }) => enterprise.home.catalogueHint,
  },
  {
    to: '/orders',
    of: ['enterprise'],
    certified: true,
    title: ({ enterprise }) => enterprise.home.orders,
    hint: ({ enterprise }) => enterprise.home.ordersHint,
  },
  {
    to: '/vouchers',
    of: ['enterprise'],
    certified: true,
    title: ({ enterprise }) => enterprise.home.vouchers,
    hint: ({ enterprise }) => enterprise.home.vouchersHint,
  },
  {
    to: '/mine/$organisationId/people',
    of: both,
    title: ({ enterprise }) => enterprise.home.people,
    hint: ({ enterprise }) => enterprise.home.peopleHint,
  },
];

/** What this organisation can do now; what its status asks for stands out. */
export const deedsOf = ({ kind, status }: Organisation) =>
  deeds
    .filter(({ of, certified }) => of.includes(kind) && (!certified || status === 'certified'))
    .map((deed) => ({ ...deed, first: deed.firstAt?.includes(status) ?? false }));
