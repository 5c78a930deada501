import { type FormEvent, useState } from 'react';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { focusFirstRefused, Refused, SelectField, TextField } from '../../components/field.tsx';
import { filledIn, useForm } from '../../components/form.ts';
import { TurnedDown } from '../../components/turned-down.tsx';
import { useLanguage } from '../../language/language.tsx';

/** Adds a person by the id of their sign-in: nobody shares a password. */
export function AddMember({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.people;
  const form = useForm(
    registryRoutes.addMember,
    `member.${organisationId}`,
    { sub: '', name: '', role: 'clerk' },
    { 'member-exists': '/sub' },
  );
  const [added, setAdded] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    setAdded(undefined);
    const body = filledIn(form.fields);
    const outcome = await form.submit({ params: { organisationId }, body: body as never, organisationId });
    if (outcome === 'refused') focusFirstRefused(element);
    if (outcome !== 'accepted') return;
    form.forget();
    setAdded(body.name);
    await refresh(registryRoutes.listMembers);
  };
  return (
    <form className="card form" onSubmit={submit} noValidate>
      <h2>{text.add}</h2>
      <p className="quiet">{text.addHint}</p>
      <Refused errors={form.errors} />
      <TurnedDown cause={form.cause} />
      <div className="three-fields">
        <TextField
          label={text.account}
          hint={text.accountHint}
          {...form.bind('sub')}
          maxLength={220}
          autoComplete="off"
        />
        <TextField label={text.name} {...form.bind('name')} maxLength={120} autoComplete="off" />
        <SelectField
          label={text.role}
          {...form.bind('role')}
          groups={[
            {
              choices: [
                ['clerk', text.roles.clerk],
                ['owner', text.roles.owner],
              ],
            },
          ]}
        />
      </div>
      <Button type="submit" disabled={form.pending}>
        {form.pending ? strings.commands.sending : text.addNow}
      </Button>
      <p role="status" className={added ? 'note note-good' : 'visually-hidden'}>
        {added && text.added(added)}
      </p>
    </form>
  );
}
