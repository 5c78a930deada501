import type * as z from 'zod';
import type { traceStep } from '../../../contracts/fields.ts';
import { money } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { Clause } from './states.tsx';
import '../styles/form-page.css';

interface DerivationProps {
  readonly steps: readonly z.output<typeof traceStep>[];
  /** The rule that set the amount, where it is known. */
  readonly limitedBy?: string;
}

/** How an amount came about: every sentence with its clause and the amount after it. */
export function Derivation({ steps, limitedBy }: DerivationProps) {
  const { strings, pick } = useLanguage();
  return (
    <ol className="derivation">
      {steps.map((step, index) => (
        <li key={`${step.rule}-${String(index)}`} className={step.rule === limitedBy ? 'decides' : undefined}>
          <p>
            {pick(step)} <Clause clause={step.clause} />
            {step.rule === limitedBy && <em className="decides-mark">{strings.calculator.limitedHere}</em>}
          </p>
          <span className="figures">{money(step.amount)}</span>
        </li>
      ))}
    </ol>
  );
}
