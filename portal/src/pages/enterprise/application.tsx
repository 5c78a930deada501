import { type FormEvent, useState } from 'react';
import {
  type ApplicationDocument,
  applicationDocuments,
  declaredFields,
  neededDocuments,
} from '../../../../contracts/application.ts';
import { ApiProblem } from '../../api/failures.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { focusFirstRefused, Refused, TextField } from '../../components/field.tsx';
import { type Bound, filledIn } from '../../components/form.ts';
import { TurnedDown } from '../../components/turned-down.tsx';
import { StoredFile, UploadField } from '../../components/upload.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useDraft } from '../../session/draft.ts';
import type { Organisation } from './certification-status.tsx';
import { IndustrySectionField, JurisdictionField, sectionName } from './declaration-fields.tsx';
import { IdentityFields, identityFacts, isIdentityFaulty, useIdentityFields } from './identity-fields.tsx';
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

type Declared = Readonly<Record<(typeof declaredFields)[number], string>>;

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

  const [declared, keepDeclared, forgetDeclared] = useDraft<Declared>(
    `certification.${organisation.id}`,
    pickDeclared(organisation),
  );
  const [uploaded, keepUploaded, forgetUploaded] = useDraft<Readonly<Record<string, string>>>(
    `certification.${organisation.id}.${latest?.id ?? 'first'}`,
    {},
  );
  const identityFields = useIdentityFields(organisation.kind);
  const [changed, setChanged] = useState<readonly string[]>([]);
  const [editing, setEditing] = useState<readonly string[]>([]);
  const application = useApplication(organisation);
  const errors = (application.refusal?.errors ?? []).filter(({ pointer }) => !changed.includes(pointer));
  const touch = (pointer: string) => setChanged((now) => [...now, pointer]);

  const corrected = declaredFields.some((field) => declared[field].trim() !== organisation[field]);
  // An account is in the organisation's name, so that another name takes another account.
  const newName = declared.name.trim() !== organisation.name && identity?.bankAccount !== undefined;
  const identityOpen = !identity || isIdentityFaulty(reasons) || newName || editing.includes('identity');
  const declarationOpen =
    declaredFields.some((field) => named(`/${field}`)) || editing.includes('declaration') || corrected;
  const needed = neededDocuments({ kind: organisation.kind, industrySection: declared.industrySection });
  const documents = Object.fromEntries(
    needed.flatMap((field) => {
      const faulty = named(`/documents/${field}`);
      const id = uploaded[field] || (faulty ? undefined : latest?.documents[field]);
      return id ? [[field, id]] : [];
    }),
  ) as Partial<Record<ApplicationDocument, string>>;

  const bind = (field: keyof Declared): Bound => ({
    pointer: `/${field}`,
    errors,
    value: declared[field],
    change: (value) => {
      keepDeclared((now) => ({ ...now, [field]: value }));
      touch(`/${field}`);
    },
  });
  const closed = (field: keyof Declared) => isReturned && !opensAll && !named(`/${field}`);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setChanged([]);
    const outcome = await application.submit({
      documents,
      ...(corrected ? { declaration: filledIn(declared) } : {}),
      ...(identityOpen
        ? { identity: { version: identity?.version ?? 0, fields: identityFields.body(declared.name.trim()) } }
        : {}),
    });
    if (outcome === 'refused') focusFirstRefused(form);
    if (outcome !== 'accepted') return;
    forgetDeclared();
    forgetUploaded();
    await refresh();
  };

  return (
    <form className="application" onSubmit={submit} noValidate>
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
          {...bind('name')}
          readOnly={closed('name')}
          maxLength={120}
        />
        <ReasonsAt pointer="/jurisdiction" reasons={reasons} />
        <JurisdictionField {...bind('jurisdiction')} disabled={closed('jurisdiction')} />
        <ReasonsAt pointer="/industrySection" reasons={reasons} />
        <IndustrySectionField {...bind('industrySection')} disabled={closed('industrySection')} />
        <ReasonsAt pointer="/address" reasons={reasons} />
        <TextField
          label={strings.mine.address}
          hint={strings.enterprise.register.addressHint}
          {...bind('address')}
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
        <IdentityFields
          form={identityFields}
          errors={errors}
          reasons={reasons}
          touch={touch}
          accountName={declared.name.trim()}
        />
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
                  change={(id) => {
                    keepUploaded((now) => ({ ...now, [field]: id ?? '' }));
                    touch(pointer);
                  }}
                  organisationId={organisation.id}
                />
              )}
            </div>
          );
        })}
      </Part>
      <div className="application-end">
        <Refused errors={errors} />
        <TurnedDown cause={whole(application.refusal)} />
        <Button type="submit" disabled={application.pending}>
          {application.pending ? strings.commands.sending : isReturned ? text.resubmit : text.apply}
        </Button>
        <p className="quiet">{text.afterwards}</p>
      </div>
    </form>
  );
}

const pickDeclared = ({ name, jurisdiction, industrySection, address }: Organisation): Declared => ({
  name,
  jurisdiction,
  industrySection,
  address,
});

/** Whether what a reviewer named stands at a field of the form. */
export const isOfForm = (pointer: string): boolean =>
  pointer.startsWith('/documents/') ||
  declaredFields.some((field) => pointer === `/${field}`) ||
  isIdentityFaulty([{ pointer }]);

/** A refusal that stands at no field. */
function whole(refusal: { errors: readonly { pointer: string }[]; cause?: unknown } | undefined): unknown {
  if (!refusal?.cause) return undefined;
  const placed = refusal.cause instanceof ApiProblem && refusal.errors.some(({ pointer }) => pointer !== '');
  return placed ? undefined : refusal.cause;
}
