import { registryRoutes } from '../../../../contracts/registry.ts';
import { Form } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useForm } from '../../components/form.ts';
import { useLanguage } from '../../language/language.tsx';

/** Adds a person by the id of their sign-in: nobody shares a password. */
export function AddMember({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.people;
  const form = useForm(registryRoutes.addMember, {
    draft: `member.${organisationId}`,
    initial: { '/role': 'clerk' },
    call: { params: { organisationId }, organisationId },
    places: { 'member-exists': '/sub' },
  });
  const { bind } = form;
  const added = form.refusal ? undefined : form.answer;
  return (
    <>
      <Form of={form} title={text.add} lead={text.addHint} submit={text.addNow} className="card">
        <div className="three-fields">
          <TextField
            label={text.account}
            hint={text.accountHint}
            {...bind('/sub')}
            maxLength={220}
            autoComplete="off"
          />
          <TextField label={text.name} {...bind('/name')} maxLength={120} autoComplete="off" />
          <SelectField
            label={text.role}
            {...bind('/role')}
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
      </Form>
      <p role="status" className={added ? 'note note-good' : 'visually-hidden'}>
        {added && text.added(added.name)}
      </p>
    </>
  );
}
