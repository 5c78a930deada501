import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { readFields } from '../../../contracts/field-errors.ts';
import { selfCheck, selfCheckFields } from '../../../contracts/self-check.ts';
import { Button } from '../components/button.tsx';
import { Form } from '../components/command-form.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { assemble } from '../components/fields.ts';
import { useFilling } from '../components/filling.ts';
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
  const form = useFilling({ draft: 'check', initial: { '/kind': 'enterprise' } });
  const { bind } = form;
  const given = assemble(form.fields);
  const read = readFields(selfCheckFields, given);
  const content = JSON.stringify(given);
  const [checked, setChecked] = useState<string>();
  const submit = () => {
    form.refuse(read.errors && { errors: read.errors });
    setChecked(content);
    return read.errors === undefined;
  };
  return (
    <Page title={strings.pages.check} lead={text.lead}>
      <div className="form-and-result">
        <Form of={{ ...form, submit }} submit={text.submit} className="card">
          <SelectField
            label={text.kind}
            {...bind('/kind')}
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
            {...bind('/uscc')}
            change={(value) => bind('/uscc').change(value.trim().toUpperCase())}
            maxLength={30}
            autoComplete="off"
            spellCheck={false}
          />
          <SelectField
            label={text.jurisdiction}
            {...bind('/jurisdiction')}
            none={strings.states.choose}
            groups={jurisdictionChoices}
          />
          <SelectField
            label={text.section}
            hint={text.sectionHint}
            {...bind('/industrySection')}
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
        </Form>
        <div aria-live="polite">
          {read.value && checked === content && <Outcome result={selfCheck(read.value)} fields={form.fields} />}
        </div>
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
