import { useState } from 'react';
import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Answer } from '../api/client.ts';
import { day } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { Form } from './command-form.tsx';
import { LongTextField, TextField } from './field.tsx';
import { useForm } from './form.ts';

type Line = Answer<typeof publicityRoutes.readNoticeLines>['items'][number];

interface ObjectionFormProps {
  readonly noticeId: string;
  /** The line that was chosen in the table. */
  readonly line: Line | undefined;
  /** For which organisation somebody who is signed in objects. */
  readonly organisationId?: string;
}

/** By which anybody objects to a line of a notice, without an account or for an organisation. */
export function ObjectionForm({ noticeId, line, organisationId }: ObjectionFormProps) {
  const { strings, language } = useLanguage();
  const text = strings.objection;
  const form = useForm(organisationId ? publicityRoutes.lodgeObjection : publicityRoutes.lodgePublicObjection, {
    draft: `objection.${noticeId}`,
    call: { params: { noticeId }, ...(organisationId ? { organisationId } : {}) },
    // What it says of the objection stays, whatever became of the line.
    reads: [],
    body: (_, given) => ({ ...given, ...(line ? { claimItemId: line.claimItemId } : {}) }),
  });
  const [closed, setClosed] = useState<string>();
  const { answer, bind } = form;
  if (answer && closed !== answer.id) {
    return (
      <section className="card outcome outcome-good" role="status">
        <h2>{text.done}</h2>
        <p>{text.doneText(answer.id, day(answer.dueOn, language))}</p>
        <p className="quiet">{text.doneHint}</p>
        <Button look="quiet" onClick={() => setClosed(answer.id)}>
          {text.another}
        </Button>
      </section>
    );
  }
  return (
    <Form of={form} title={text.title} lead={text.lead} submit={text.submit} className="card">
      <TextField
        label={text.item}
        {...(line ? {} : { hint: text.itemHint })}
        {...bind('/claimItemId')}
        {...(line ? { errors: [], value: `${line.enterpriseName} · ${line.voucherNumber}` } : {})}
        readOnly
      />
      <TextField label={text.name} {...bind('/name')} autoComplete="name" maxLength={120} />
      <TextField
        label={text.phone}
        hint={text.phoneHint}
        {...bind('/phone')}
        type="tel"
        autoComplete="tel"
        maxLength={30}
      />
      <LongTextField label={text.grounds} hint={text.groundsHint} {...bind('/grounds')} />
    </Form>
  );
}
