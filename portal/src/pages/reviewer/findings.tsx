import type * as z from 'zod';
import type { finding } from '../../../../contracts/fields.ts';
import { Clause } from '../../components/states.tsx';
import { useLanguage } from '../../language/language.tsx';

type Finding = z.output<typeof finding>;

/** What the rules noticed of a case; a person decides what it means. */
export function Findings({ of }: { readonly of: readonly Finding[] }) {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.task;
  return (
    <section className="bench-part">
      <h2>{text.findings}</h2>
      {of.length === 0 ? (
        <p className="note note-good">{text.findingsNone}</p>
      ) : (
        <>
          <p className="quiet">{text.findingsHint}</p>
          <ul className="findings">
            {of.map((one) => (
              <li key={`${one.rule} ${one.pointer ?? ''}`}>
                {pick(one)} {one.clause && <Clause clause={one.clause} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
