import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { readFields } from '../../../../contracts/field-errors.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { selfCheck, selfCheckFields } from '../../../../contracts/self-check.ts';
import { Form } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { assemble, type Fields } from '../../components/fields.ts';
import { useForm } from '../../components/form.ts';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Clause } from '../../components/states.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useMemberships, useSession } from '../../session/use-session.ts';
import { IndustrySectionField, JurisdictionField } from './declaration-fields.tsx';
import '../../styles/form-page.css';
import '../../styles/enterprise.css';

/** Registers an enterprise or a provider; whoever does it becomes its owner. */
export default function Register() {
  const { strings } = useLanguage();
  const text = strings.enterprise.register;
  const session = useSession();
  const person = session.status === 'anonymous' ? '' : session.person.name;
  const form = useForm(registryRoutes.registerOrganisation, {
    // The self-check hands over what was typed there.
    draft: 'registration',
    initial: { '/kind': 'enterprise', '/memberName': person },
    // Only the server knows it; it belongs to the code that was typed.
    places: { 'organisation-exists': '/uscc' },
  });
  const { bind } = form;
  const navigate = useNavigate();
  const memberships = useMemberships();
  const { answer } = form;
  // The page of its certification opens to its members: not before the person is known as one.
  const isMember = memberships.data?.items.some(({ organisationId }) => organisationId === answer?.id);
  useEffect(() => {
    if (answer && isMember)
      navigate({ to: '/mine/$organisationId/certification', params: { organisationId: answer.id } as never });
  }, [answer, isMember, navigate]);
  return (
    <Page title={strings.pages.registerOrganisation} lead={text.lead}>
      <div className="form-and-result">
        <Form of={form} submit={text.submit} className="card">
          <SelectField
            label={strings.check.kind}
            {...bind('/kind')}
            groups={[
              {
                choices: [
                  ['enterprise', strings.check.kinds.enterprise],
                  ['provider', strings.check.kinds.provider],
                ],
              },
            ]}
          />
          <TextField
            label={strings.check.uscc}
            hint={strings.check.usccHint}
            {...bind('/uscc')}
            change={(value) => bind('/uscc').change(value.trim().toUpperCase())}
            maxLength={30}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            label={text.name}
            hint={text.nameHint}
            {...bind('/name')}
            maxLength={120}
            autoComplete="organization"
          />
          <JurisdictionField {...bind('/jurisdiction')} />
          <IndustrySectionField {...bind('/industrySection')} />
          <TextField
            label={strings.mine.address}
            hint={text.addressHint}
            {...bind('/address')}
            maxLength={220}
            autoComplete="street-address"
          />
          <TextField
            label={text.memberName}
            hint={text.memberNameHint}
            {...bind('/memberName')}
            maxLength={120}
            autoComplete="name"
          />
        </Form>
        <Prospect fields={form.fields} />
      </div>
    </Page>
  );
}

/** What the rules of certification say to what was typed so far, and what to have at hand. */
function Prospect({ fields }: { readonly fields: Fields }) {
  const { strings, pick } = useLanguage();
  const text = strings.enterprise.register;
  const { kind, uscc, jurisdiction, industrySection } = assemble(fields);
  const { value } = readFields(selfCheckFields, { kind, uscc, jurisdiction, industrySection });
  const result = value && selfCheck(value);
  return (
    <aside className="card outcome" aria-live="polite">
      <h2>{text.next}</h2>
      <ol className="plain-steps">
        {text.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {result && result.findings.length > 0 && (
        <>
          <h3>{strings.check.findings}</h3>
          <ul className="findings">
            {result.findings.map((finding) => (
              <li key={finding.rule}>
                {pick(finding)} {finding.clause && <Clause clause={finding.clause} />}
              </li>
            ))}
          </ul>
        </>
      )}
      {result && (
        <>
          <h3>{strings.check.documents}</h3>
          <ul className="documents">
            {result.documents.map((purpose) => (
              <li key={purpose}>{strings.check.purposes[purpose] ?? purpose}</li>
            ))}
          </ul>
        </>
      )}
      <p className="quiet">
        {text.already} <PageLink to="/mine">{strings.pages.mine}</PageLink>
      </p>
    </aside>
  );
}
