import { type FormEvent, useState } from 'react';
import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Answer } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { day } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useDraft } from '../session/draft.ts';
import { Button } from './button.tsx';
import { focusFirstRefused, LongTextField, Refused, TextField } from './field.tsx';
import { Failure } from './states.tsx';

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
  const command = useCommand(organisationId ? publicityRoutes.lodgeObjection : publicityRoutes.lodgePublicObjection);
  const [fields, setFields, forget] = useDraft(`objection.${noticeId}`, { name: '', phone: '', grounds: '' });
  const [changed, setChanged] = useState<readonly string[]>([]);
  const [closed, setClosed] = useState<string>();
  const errors = (command.refusal?.errors ?? []).filter(({ pointer }) => !changed.includes(pointer));
  const change = (name: keyof typeof fields) => (value: string) => {
    setFields({ ...fields, [name]: value });
    setChanged([...changed, `/${name}`]);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setChanged([]);
    const given = Object.entries(fields).filter(([, value]) => value.trim() !== '');
    const body = { ...Object.fromEntries(given), ...(line ? { claimItemId: line.claimItemId } : {}) };
    const refusal = await command.submit({
      params: { noticeId },
      body: body as never,
      ...(organisationId ? { organisationId } : {}),
    });
    if (refusal) focusFirstRefused(form);
    else forget();
  };
  const { answer } = command;
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
    <form className="card form" onSubmit={submit} noValidate>
      <h2>{text.title}</h2>
      <p className="quiet">{text.lead}</p>
      <Refused errors={errors} />
      {command.refusal?.cause !== undefined && errors.length === 0 && <Failure error={command.refusal.cause} />}
      <TextField
        label={text.item}
        {...(line ? {} : { hint: text.itemHint })}
        pointer="/claimItemId"
        errors={line ? errors.filter(({ pointer }) => pointer !== '/claimItemId') : errors}
        value={line ? `${line.enterpriseName} · ${line.voucherNumber}` : ''}
        change={() => undefined}
        readOnly
      />
      <TextField
        label={text.name}
        pointer="/name"
        errors={errors}
        value={fields.name}
        change={change('name')}
        autoComplete="name"
        maxLength={120}
      />
      <TextField
        label={text.phone}
        hint={text.phoneHint}
        pointer="/phone"
        errors={errors}
        value={fields.phone}
        change={change('phone')}
        type="tel"
        autoComplete="tel"
        maxLength={30}
      />
      <LongTextField
        label={text.grounds}
        hint={text.groundsHint}
        pointer="/grounds"
        errors={errors}
        value={fields.grounds}
        change={change('grounds')}
      />
      <Button type="submit" disabled={command.pending}>
        {command.pending ? text.submitting : text.submit}
      </Button>
    </form>
  );
}
