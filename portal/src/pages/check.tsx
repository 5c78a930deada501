import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type FieldError, readFields } from '../../../contracts/field-errors.ts';
import { selfCheck, selfCheckFields } from '../../../contracts/self-check.ts';
import { Button } from '../components/button.tsx';
import { focusFirstRefused, Refused, SelectField, TextField } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { Clause } from '../components/states.tsx';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { handOver } from '../session/draft.ts';
import { signIn } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';
import '../styles/form-page.css';

type Result = ReturnType<typeof selfCheck>;

/** Whether somebody may take part, by the rules of certification, before registering. Nothing is sent. */
export default function Check() {
  const { strings } = useLanguage();
  const { jurisdictionChoices } = useNames();
  const text = strings.check;
  const [fields, setFields] = useState({ kind: 'enterprise', uscc: '', jurisdiction: '', industrySection: '' });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [result, setResult] = useState<Result>();
  const change = (name: keyof typeof fields) => (value: string) => {
    setFields({ ...fields, [name]: value });
    setErrors(errors.filter(({ pointer }) => pointer !== `/${name}`));
    setResult(undefined);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.entries(fields).filter(([, value]) => value !== '');
    const read = readFields(selfCheckFields, Object.fromEntries(given));
    setErrors(read.errors ?? []);
    setResult(read.value && selfCheck(read.value));
    if (read.errors) focusFirstRefused(event.currentTarget);
  };
  return (
    <Page title={strings.pages.check} lead={text.lead}>
      <div className="form-and-result">
        <form className="card form" onSubmit={submit} noValidate>
          <Refused errors={errors} />
          <SelectField
            label={text.kind}
            pointer="/kind"
            errors={errors}
            value={fields.kind}
            change={change('kind')}
            groups={[
              {
                choices: [
                  ['enterprise', text.kinds.enterprise],
                  ['provider', text.kinds.provider],
                ],
              },
            ]}
          />
          <TextField
            label={text.uscc}
            hint={text.usccHint}
            pointer="/uscc"
            errors={errors}
            value={fields.uscc}
            change={(value) => change('uscc')(value.trim().toUpperCase())}
            maxLength={30}
            autoComplete="off"
            spellCheck={false}
          />
          <SelectField
            label={text.jurisdiction}
            pointer="/jurisdiction"
            errors={errors}
            value={fields.jurisdiction}
            change={change('jurisdiction')}
            none={strings.states.choose}
            groups={jurisdictionChoices}
          />
          <SelectField
            label={text.section}
            hint={text.sectionHint}
            pointer="/industrySection"
            errors={errors}
            value={fields.industrySection}
            change={change('industrySection')}
            none={strings.states.choose}
            groups={[
              {
                choices: Object.entries(text.sections).map(([letter, name]): [string, string] => [
                  letter,
                  `${letter}  ${name}`,
                ]),
              },
            ]}
          />
          <Button type="submit">{text.submit}</Button>
        </form>
        <div aria-live="polite">{result && <Outcome result={result} fields={fields} />}</div>
      </div>
    </Page>
  );
}

interface OutcomeProps {
  readonly result: Result;
  readonly fields: Readonly<Record<string, string>>;
}

function Outcome({ result, fields }: OutcomeProps) {
  const { strings, pick } = useLanguage();
  const text = strings.check;
  const clear = result.findings.length === 0;
  const session = useSession();
  const navigate = useNavigate();
  const register = () => {
    handOver('registration', fields);
    return session.status === 'signed-in' ? navigate({ to: '/mine/new' }) : signIn('/mine/new');
  };
  return (
    <section className={clear ? 'card outcome outcome-good' : 'card outcome'}>
      <h2>{clear ? text.clear : text.findings}</h2>
      <p>{clear ? text.clearText : text.findingsText}</p>
      <ul className="findings">
        {result.findings.map((finding) => (
          <li key={finding.rule}>
            {pick(finding)} {finding.clause && <Clause clause={finding.clause} />}
          </li>
        ))}
      </ul>
      <h3>{text.documents}</h3>
      <ul className="documents">
        {result.documents.map((purpose) => (
          <li key={purpose}>{text.purposes[purpose] ?? purpose}</li>
        ))}
      </ul>
      <p className="quiet">
        {text.also} <Clause clause="二-(一)" />
      </p>
      <Button onClick={register}>{text.next}</Button>
    </section>
  );
}
