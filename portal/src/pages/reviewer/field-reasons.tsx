import { reviewReasonCodes } from '../../../../contracts/names.ts';
import { type Bilingual, useLanguage } from '../../language/language.tsx';

interface Reason {
  readonly pointer: string;
  readonly reasonCode: string;
  readonly note?: string | undefined;
}

const names: Readonly<Record<string, Bilingual>> = reviewReasonCodes;

/** Reasons per field as they were given. */
export function FieldReasons({
  of,
  fields,
}: {
  readonly of: readonly Reason[];
  readonly fields: Readonly<Record<string, string>>;
}) {
  const { pick } = useLanguage();
  return (
    <ul className="findings">
      {of.map(({ pointer, reasonCode, note }) => (
        <li key={pointer}>
          {fields[pointer] && <strong>{fields[pointer]} </strong>}
          {names[reasonCode] ? pick(names[reasonCode]) : reasonCode}
          {note && <span className="quiet"> {note}</span>}
        </li>
      ))}
    </ul>
  );
}
