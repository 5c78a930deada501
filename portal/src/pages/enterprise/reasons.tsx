import { reviewReasonCodes } from '../../../../contracts/names.ts';
import type { registryRoutes } from '../../../../contracts/registry.ts';
import type { Answer } from '../../api/client.ts';
import { type Bilingual, useLanguage } from '../../language/language.tsx';

export type Certification = Answer<typeof registryRoutes.readCertification>;
export type Reason = Certification['reasons'][number];

const names: Readonly<Record<string, Bilingual>> = reviewReasonCodes;

/** Why a reviewer sent something back, in the list's words and in the reviewer's own. */
export function ReasonText({ reason: { reasonCode, note } }: { readonly reason: Reason }) {
  const { pick } = useLanguage();
  return (
    <>
      {names[reasonCode] ? pick(names[reasonCode]) : reasonCode}
      {note && <span className="quiet"> {note}</span>}
    </>
  );
}

/** The reasons that concern one field, above it. */
export function ReasonsAt({ pointer, reasons }: { readonly pointer: string; readonly reasons: readonly Reason[] }) {
  const { strings } = useLanguage();
  const own = reasons.filter((reason) => reason.pointer === pointer);
  if (own.length === 0) return null;
  return (
    <ul className="note note-bad field-reasons">
      {own.map((reason) => (
        <li key={reason.reasonCode}>
          <strong>{strings.enterprise.certification.sentBack}</strong> <ReasonText reason={reason} />
        </li>
      ))}
    </ul>
  );
}
