import type { ordersRoutes } from '../../../contracts/orders.ts';
import type { Answer } from '../api/client.ts';
import { money, share } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import '../styles/funding.css';

export type Funding = Answer<typeof ordersRoutes.previewSigning>['funding'];

/** From the bottom of the stack upwards, as it is read: who pays. */
const parts = ['ownShare', 'voucher', 'localTopUps', 'discount'] as const;
const HEIGHT = 24;

/** List price = own share + voucher + local top-ups + discount (clause 一-(三)): drawn to scale, with every figure beside it. */
export function FundingStack({ of }: { readonly of: Funding }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.funding;
  let at = 0;
  const drawn = parts.map((part) => {
    const width = share(of[part], of.listPrice) * 1000;
    const from = at;
    at += width;
    return { part, from, width };
  });
  return (
    <figure className="funding">
      <svg className="funding-bar" viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {drawn.map(({ part, from, width }) => (
          <rect key={part} className={`funding-${part}`} x={from} width={width} height={HEIGHT} />
        ))}
      </svg>
      <dl className="funding-parts">
        {parts
          .filter((part) => part === 'ownShare' || part === 'voucher' || Number(of[part]) > 0)
          .map((part) => (
            <div key={part}>
              <dt>
                <span className={`funding-key funding-${part}`} aria-hidden="true" /> {text[part]}
              </dt>
              <dd className="figures">{money(of[part])}</dd>
            </div>
          ))}
        <div className="funding-total">
          <dt>{text.listPrice}</dt>
          <dd className="figures">{money(of.listPrice)}</dd>
        </div>
      </dl>
    </figure>
  );
}
