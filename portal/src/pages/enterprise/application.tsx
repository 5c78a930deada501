import { useState } from 'react';
import {
  type ApplicationDocument,
  applicationDocuments,
  declaredFields,
  neededDocuments,
} from '../../../../contracts/application.ts';
import { refresh } from '../../api/refresh.ts';
import { Form } from '../../components/command-form.tsx';
import { TextField } from '../../components/field.tsx';
import { useFilling } from '../../components/filling.ts';
import { StoredFile, UploadField } from '../../components/upload.tsx';
import { useLanguage } from '../../language/language.tsx';
import type { Organisation } from './certification-status.tsx';
import { IndustrySectionField, JurisdictionField, sectionName } from './declaration-fields.tsx';
import { IdentityFields, identityBody, identityFacts, isIdentityFaulty, isOfIdentity } from './identity-fields.tsx';
import { Part } from './part.tsx';
import { type Certification, ReasonsAt } from './reasons.tsx';
import { useApplication } from './use-application.ts';
import type { IdentityAnswer } from './use-identity.ts';

interface ApplicationProps {
  readonly organisation: Organisation;
  /** The application before this one. */
  readonly latest: Certification | undefined;
  /** Absent until it was given. */
  readonly identity: IdentityAnswer | undefined;
}

type DeclaredField = (typeof declaredFields)[number];

/**
 * An application for certification in three parts. The first one asks for everything. After a return only what a reviewer
 * named is open, with the reasons at their fields; everything else stands as it was.
 */
export function Application({ organisation, latest, identity }: ApplicationProps) {
  const { strings, pick } = useLanguage();
  const text = strings.enterprise.certification;
  const isReturned = organisation.status === 'returned';
  const reasons = isReturned ? (latest?.reasons ?? []) : [];
  const named = (pointer: string) => reasons.some((reason) => reason.pointer === pointer);
  // A reason that names no field of this form opens all of it.
  const opensAll = !isReturned || !reasons.some(({ pointer }) => isOfForm(pointer));

  const form = useFilling({
    draft: `certification.${organisation.id}.${latest?.id ?? 'first'}`,
    keeps: (field) => !isOfIdentity(field),
    initial: Object.fromEntries(declaredFields.map((field) => [`/${field}`, organisation[field]])),
  });
  const { fields, errors, bind } = form;
  const [editing, setEditing] = useState<readonly string[]>([]);
  const application = useApplication(organisation);

  const declared = (field: DeclaredField) => fields[`/${field}`]?.trim() ?? '';
  const corrected = declaredFields.some((field) => declared(field) !== organisation[field]);
  // An account is in the organisation's name, so that another name takes another account.
  const newName = declared('name') !== organisation.name && identity?.bankAccount !== undefined;
  const identityOpen = !identity || isIdentityFaulty(reasons) || newName || editing.includes('identity');
  const declarationOpen =
    declaredFields.some((field) => named(`/${field}`)) || editing.includes('declaration') || corrected;
  const needed = neededDocuments({ kind: organisation.kind, industrySection: declared('industrySection') });
  const documents = Object.fromEntries(
    needed.flatMap((field) => {
      const pointer = `/documents/${field}`;
      const id = fields[pointer] || (named(pointer) ? undefined : latest?.documents[field]);
      return id ? [[field, id]] : [];
    }),
  ) as Partial<Record<ApplicationDocument, string>>;

  const closed = (field: DeclaredField) => isReturned && !opensAll && !named(`/${field}`);

  const submit = async () => {
    const given = declaredFields.flatMap((field) => (declared(field) === '' ? [] : [[field, declared(field)]]));
    const refusal = await application.submit({
      documents,
      ...(corrected ? { declaration: Object.fromEntries(given) } : {}),
      ...(identityOpen
        ? {
            identity: {
              version: identity?.version ?? 0,
              fields: identityBody(fields, organisation.kind, declared('name')),
            },
          }
        : {}),
    });
    form.refuse(refusal);
    if (refusal) return false;
    form.forget();
    refresh();
    return true;
  };

  return (
    <Form
      of={{ ...form, pending: application.pending, submit }}
      submit={isReturned ? text.resubmit : text.apply}
      className="application"
      aside={<p className="quiet">{text.afterwards}</p>}
    >
      {isReturned && <p className="note note-bad">{opensAll ? text.returnedLead : text.returnedParts}</p>}
      <Part
        title={text.declaration}
        lead={text.declarationLead}
        open={declarationOpen}
        edit={isReturned && !opensAll ? undefined : () => setEditing([...editing, 'declaration'])}
        facts={[
          [strings.enterprise.register.name, organisation.name],
          [
            strings.mine.uscc,
            <span key="uscc" className="code">
              {organisation.uscc}
            </span>,
          ],
          [strings.check.jurisdiction, pick(organisation.jurisdictionName)],
          [strings.check.section, sectionName(strings.check, organisation.industrySection)],
          [strings.mine.address, organisation.address],
        ]}
      >
        <ReasonsAt pointer="/name" reasons={reasons} />
        <TextField
          label={strings.enterprise.register.name}
          hint={strings.enterprise.register.nameHint}
          {...bind('/name')}
          readOnly={closed('name')}
          maxLength={120}
        />
        <ReasonsAt pointer="/jurisdiction" reasons={reasons} />
        <JurisdictionField {...bind('/jurisdiction')} disabled={closed('jurisdiction')} />
        <ReasonsAt pointer="/industrySection" reasons={reasons} />
        <IndustrySectionField {...bind('/industrySection')} disabled={closed('industrySection')} />
        <ReasonsAt pointer="/address" reasons={reasons} />
        <TextField
          label={strings.mine.address}
          hint={strings.enterprise.register.addressHint}
          {...bind('/address')}
          readOnly={closed('address')}
          maxLength={220}
        />
      </Part>
      <Part
        title={text.identity}
        lead={text.identityLead}
        open={identityOpen}
        edit={isReturned && !opensAll ? undefined : () => setEditing([...editing, 'identity'])}
        facts={identity ? identityFacts(identity, text) : []}
      >
        {identity && <p className="note">{newName ? text.accountFollowsName : text.identityAnew}</p>}
        <IdentityFields kind={organisation.kind} bind={bind} reasons={reasons} accountName={declared('name')} />
      </Part>
      <Part title={text.documentsTitle} lead={text.documentsLead} open facts={[]}>
        {needed.map((field) => {
          const pointer = `/documents/${field}`;
          const earlier = latest?.documents[field];
          const stands = isReturned && !opensAll && !named(pointer) && earlier !== undefined;
          return (
            <div key={field}>
              <ReasonsAt pointer={pointer} reasons={reasons} />
              {stands ? (
                <div className="document-stands">
                  <h3>
                    {text.documents[field]} <span className="quiet">{text.stands}</span>
                  </h3>
                  <StoredFile documentId={earlier} organisationId={organisation.id} />
                </div>
              ) : (
                <UploadField
                  label={text.documents[field]}
                  hint={text.documentHints[field]}
                  purpose={applicationDocuments[field]}
                  pointer={pointer}
                  errors={errors}
                  value={documents[field]}
                  change={(id) => bind(pointer).change(id ?? '')}
                  organisationId={organisation.id}
                />
              )}
            </div>
          );
        })}
      </Part>
    </Form>
  );
}

/** Whether what a reviewer named stands at a field of the form. */
export const isOfForm = (pointer: string): boolean =>
  pointer.startsWith('/documents/') || declaredFields.some((field) => pointer === `/${field}`) || isOfIdentity(pointer);
