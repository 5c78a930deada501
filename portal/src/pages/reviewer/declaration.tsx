import { useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import type { Jurisdiction } from '../../../../contracts/names.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import type { Answer } from '../../api/client.ts';
import { ApiProblem } from '../../api/failures.ts';
import { useList, useRead } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Form } from '../../components/command-form.tsx';
import { LongTextField, SelectField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import { useForm } from '../../components/form.ts';
import { More } from '../../components/more.tsx';
import { Read } from '../../components/states.tsx';
import { day } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';

type Declared = Answer<typeof claimsRoutes.readDeclaration>;

/** Whether the auditor has declared its relations: nothing is audited before (clause 七-(一)). */
export function useDeclaration(when = true) {
  const read = useRead(claimsRoutes.readDeclaration, {}, when);
  const none = read.error instanceof ApiProblem && read.error.problem.status === 404;
  return { ...read, none };
}

export function Declaration() {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.declaration;
  const declaration = useDeclaration();
  const [changing, setChanging] = useState(false);
  const { data, none } = declaration;
  return (
    <section className="card declaration">
      <h2>{text.title}</h2>
      <p className="quiet">{text.lead}</p>
      {none || changing ? (
        <>
          {none && <p className="note">{text.none}</p>}
          <DeclarationForm {...(data ? { before: data } : {})} done={() => setChanging(false)} />
        </>
      ) : (
        <Read of={declaration}>
          {({ organisationIds, statement, updatedAt }) => (
            <>
              <p>
                <strong>{text.current(day(updatedAt, language))}</strong> {statement}
              </p>
              <p className="quiet">{text.related}</p>
              {organisationIds.length === 0 ? (
                <p>{text.relatedNone}</p>
              ) : (
                <ul className="related">
                  {organisationIds.map((id) => (
                    <li key={id}>
                      <OrganisationName id={id} />
                    </li>
                  ))}
                </ul>
              )}
              <p>
                <Button look="quiet" onClick={() => setChanging(true)}>
                  {text.change}
                </Button>
              </p>
            </>
          )}
        </Read>
      )}
    </section>
  );
}

function OrganisationName({ id }: { readonly id: string }) {
  const organisation = useRead(registryRoutes.readOrganisation, { params: { organisationId: id } });
  return organisation.data?.name ?? id;
}

interface FormProps {
  readonly before?: Declared;
  readonly done: () => void;
}

function DeclarationForm({ before, done }: FormProps) {
  const { strings } = useLanguage();
  const text = strings.reviewer.declaration;
  const form = useForm(claimsRoutes.declareConflicts, {
    draft: 'declaration',
    initial: {
      '/statement': before?.statement ?? '',
      organisations: before?.organisationIds.join(' ') ?? '',
    },
    body: (fields, { statement }) => ({ organisationIds: idsOf(fields), statement }),
    done,
  });
  const organisationIds = idsOf(form.fields);
  const related = (ids: readonly string[]) => form.set({ organisations: [...new Set(ids)].join(' ') });
  return (
    <Form of={form} submit={text.submit}>
      <fieldset className="related-choice">
        <legend>{text.related}</legend>
        {organisationIds.length === 0 ? (
          <p className="quiet">{text.relatedNone}</p>
        ) : (
          <ul className="related">
            {organisationIds.map((id) => (
              <Related key={id} id={id} remove={() => related(organisationIds.filter((other) => other !== id))} />
            ))}
          </ul>
        )}
        <AddOrganisation add={(id) => related([...organisationIds, id])} />
      </fieldset>
      <LongTextField label={text.statement} hint={text.statementHint} {...form.bind('/statement')} rows={3} />
    </Form>
  );
}

const idsOf = ({ organisations = '' }: Fields): readonly string[] => organisations.split(' ').filter(Boolean);

function Related({ id, remove }: { readonly id: string; readonly remove: () => void }) {
  const { strings } = useLanguage();
  const organisation = useRead(registryRoutes.readOrganisation, { params: { organisationId: id } });
  const name = organisation.data?.name ?? id;
  return (
    <li>
      {name}{' '}
      <button type="button" className="link-button" onClick={remove}>
        {strings.reviewer.declaration.remove(name)}
      </button>
    </li>
  );
}

/** An organisation of the registry, by its place and kind. */
function AddOrganisation({ add }: { readonly add: (id: string) => void }) {
  const { strings } = useLanguage();
  const { jurisdictionChoices } = useNames();
  const text = strings.reviewer.declaration;
  const [place, setPlace] = useState('');
  const [kind, setKind] = useState<'enterprise' | 'provider'>('provider');
  const list = useList(
    registryRoutes.listOrganisations,
    { query: { kind, jurisdiction: place as Jurisdiction, limit: 100 } },
    place !== '',
  );
  return (
    <div className="add-organisation">
      <SelectField
        label={text.kind}
        pointer="/kind"
        errors={[]}
        value={kind}
        change={(next) => setKind(next === 'enterprise' ? next : 'provider')}
        groups={[
          {
            choices: [
              ['provider', text.kinds.provider],
              ['enterprise', text.kinds.enterprise],
            ],
          },
        ]}
      />
      <SelectField
        label={text.place}
        pointer="/place"
        errors={[]}
        value={place}
        change={setPlace}
        none={strings.states.choose}
        groups={jurisdictionChoices}
      />
      <SelectField
        label={text.organisation}
        pointer="/organisation"
        errors={[]}
        value=""
        change={(id) => id && add(id)}
        none={strings.states.choose}
        disabled={place === ''}
        groups={[{ choices: list.items.map(({ id, name }): [string, string] => [id, name]) }]}
      />
      <More list={list} />
    </div>
  );
}
