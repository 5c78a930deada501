import { useLanguage } from '../../language/language.tsx';
import { type ClaimItem, evidenceOf } from './claim-items.ts';
import '../../styles/provider.css';

/** What of an item's evidence is there and what is not, in words. */
export function EvidenceMarks({ item }: { readonly item: ClaimItem }) {
  const { strings } = useLanguage();
  const text = strings.provider.claim;
  return (
    <span className="evidence-marks">
      {evidenceOf(item).map(([kind, isThere]) => (
        <span key={kind} className={isThere ? 'there' : 'lacking'}>
          {isThere ? `✓ ${text.kinds[kind]}` : `✕ ${text.missing} ${text.kinds[kind]}`}
        </span>
      ))}
    </span>
  );
}
