import {
  reductionReasons,
  rejectionReasons,
  reviewReasonCodes,
  takeOverReasonCodes,
} from '../../../contracts/names.ts';
import { useLanguage } from './language.tsx';

const all: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  ...takeOverReasonCodes,
  ...reviewReasonCodes,
  ...rejectionReasons,
  ...reductionReasons,
};

/** The sentence of a reason code; one that has none stands for itself. */
export function useReasons() {
  const { pick } = useLanguage();
  return (code: string): string => {
    const reason = all[code];
    return reason ? pick(reason) : code;
  };
}
