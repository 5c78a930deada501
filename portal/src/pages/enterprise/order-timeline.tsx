import { type Station, Timeline } from '../../components/timeline.tsx';
import { day, minute, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { OrderDetails } from './order-status.ts';

type Stage = 'answer' | 'sign' | 'deliver' | 'claim' | 'paid' | 'ended';

const way = ['answer', 'sign', 'deliver', 'claim', 'paid'] as const;

/** Where an order that goes its way is. */
function stageOf({ status, voucher }: OrderDetails): Stage {
  switch (status) {
    case 'placed':
      return 'answer';
    case 'answered':
      return 'sign';
    case 'signed':
      return 'deliver';
    case 'delivered':
    case 'partly-performed':
      if (voucher?.status === 'redeemed') return 'paid';
      return voucher && ['used', 'claimed', 'payable'].includes(voucher.status) ? 'claim' : 'ended';
    default:
      return 'ended';
  }
}

/** From the order to its payment: who has it, and until when. */
export function OrderTimeline({ order }: { readonly order: OrderDetails }) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.order;
  const { providerName, contract, voucher, status, reservedUntil } = order;
  const at = (moment: string | undefined) => moment && minute(moment, language);
  // An order that waits has a limit until its provider has agreed to that.
  const until = reservedUntil && day(reservedUntil, language);
  const waits = order.waiting && !reservedUntil;
  const stage = stageOf(order);
  const reached = stage === 'ended' ? -1 : way.indexOf(stage);
  const unstarted = contract && contract.startsOn > today();

  const stations: Record<(typeof way)[number], Omit<Station, 'state'>> = {
    answer: {
      title: text.stations.answer,
      who: providerName,
      when: at(contract?.answeredAt),
      until: stage === 'answer' ? until : undefined,
      note: stage === 'answer' && (waits ? text.notes.waits : text.notes.answer),
    },
    sign: {
      title: text.stations.sign,
      who: strings.enterprise.timeline.own,
      when: at(order.signedAt),
      until: stage === 'sign' ? until : undefined,
      note: stage === 'sign' && (waits ? text.notes.waits : text.notes.sign),
    },
    deliver: {
      title: text.stations.deliver,
      who: strings.enterprise.timeline.own,
      when: at(order.deliveredAt),
      note: stage === 'deliver' && (unstarted ? text.notYet(day(contract.startsOn, language)) : text.notes.deliver),
    },
    claim: {
      title: text.stations.claim,
      who: providerName,
      until: stage === 'claim' && voucher?.status === 'used' ? day(voucher.expiresOn, language) : undefined,
      note: stage === 'claim' && text.notes.claim,
    },
    paid: { title: text.stations.paid, when: at(voucher?.paidAt) },
  };
  const placed: Station = {
    title: text.stations.placed,
    state: 'done',
    who: strings.enterprise.timeline.own,
    when: at(order.createdAt),
  };
  if (stage === 'ended') return <Timeline label={text.progress} stations={[placed, ...ended()]} />;
  const shown = order.choice.use === 'none' ? way.filter((one) => one !== 'claim' && one !== 'paid') : way;
  const stateOf = (place: number): Station['state'] => {
    if (place < reached || stage === 'paid') return 'done';
    return place === reached ? 'now' : 'ahead';
  };
  return (
    <Timeline
      label={text.progress}
      stations={[placed, ...shown.map((one, place): Station => ({ ...stations[one], state: stateOf(place) }))]}
    />
  );

  /** What was done, and how it ended. */
  function ended(): Station[] {
    const good = status === 'delivered' || status === 'partly-performed';
    return [
      ...(contract ? [{ ...stations.answer, state: 'done' } as const] : []),
      ...(order.signedAt ? [{ ...stations.sign, state: 'done' } as const] : []),
      good
        ? {
            title: text.statuses[status],
            state: 'done',
            who: strings.enterprise.timeline.own,
            when: at(order.deliveredAt),
          }
        : {
            title: text.statuses[status],
            state: 'stopped',
            when: at(order.deliveredAt ?? order.updatedAt),
            note: order.endReason,
          },
      ...(good && voucher && voucher.status !== 'used'
        ? [
            {
              title: `${text.voucher} · ${strings.register.statuses[voucher.status]}`,
              state: 'stopped',
              note: voucher.endReason,
            } as const,
          ]
        : []),
    ];
  }
}
