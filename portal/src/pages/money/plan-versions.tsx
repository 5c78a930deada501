import { useState } from 'react';
import { planVersionRoutes } from '../../../../contracts/plan-versions.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { CommandForm } from '../../components/command-form.tsx';
import { type Hand, Hands } from '../../components/hands.tsx';
import { Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { day } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Strings } from '../../strings/zh-CN.ts';
import { otherThan, useOfficer } from './departments.ts';
import { Differences } from './differences.tsx';
import { isMissing } from './missing.ts';
import type { Plan } from './plan-terms.ts';
import { type PlanText, useVersions, type Version } from './versions.ts';

/** What the plan said and says, version by version, each with what it changed; and the draft of the next. */
export function PlanVersions({ plan }: { readonly plan: Plan }) {
  const { strings, language } = useLanguage();
  const { is } = useOfficer();
  const text = strings.money.desk;
  const versions = useVersions(plan.year);
  const mayWrite = is('regional-officer') && plan.status === 'open';
  const draft = versions.draft.data;
  return (
    <Section title={text.versions} lead={text.versionsLead}>
      <Read of={versions.published}>
        {(items) => (
          <>
            {draft && versions.inTheEnd && <Draft draft={draft} before={versions.inTheEnd} />}
            {mayWrite && (draft || isMissing(versions.draft.error)) && (
              <p className="page-links">
                <PageLink to="/plan-desk/version" search={{ year: String(plan.year) }} className="button button-quiet">
                  {draft ? text.editVersion : text.newVersion}
                </PageLink>
              </p>
            )}
            <ol className="version-list" reversed>
              {items.map((version, at) => {
                const before = items[at + 1];
                return (
                  <li key={version.number} className="card">
                    <h3>
                      {strings.plan.version(version.number)}{' '}
                      <span className="quiet">{strings.plan.appliesFrom(day(version.appliesFrom, language))}</span>
                    </h3>
                    {version.reason && <p>{version.reason}</p>}
                    {before ? (
                      <Differences before={before} after={version} />
                    ) : (
                      <p className="quiet">{text.asOpened}</p>
                    )}
                    {version.number > 1 && <SignersOf year={plan.year} number={version.number} />}
                  </li>
                );
              })}
            </ol>
          </>
        )}
      </Read>
    </Section>
  );
}

/** Who wrote a version, and who signed it for each department. */
function handsOf({ draftedBy, signatures }: Version, text: Strings['money']['desk']): readonly Hand[] {
  const signed = (of: 'industry' | 'finance') => signatures.find((one) => one.department === of);
  return [
    { role: text.drafted, who: draftedBy, state: 'done' },
    ...(['industry', 'finance'] as const).map((of) => ({
      role: text.signs[of],
      who: signed(of)?.sub,
      at: signed(of)?.at,
      state: signed(of) ? ('done' as const) : ('now' as const),
    })),
  ];
}

/** Who signed a published version: told when somebody asks, and only to those who sign. The plan itself has the first's. */
function SignersOf({ year, number }: { readonly year: number; readonly number: number }) {
  const { strings } = useLanguage();
  const { me } = useOfficer();
  const text = strings.signatures;
  const [asked, ask] = useState(false);
  const version = useRead(
    planVersionRoutes.readVersion,
    { params: { year: String(year), number: String(number) } },
    asked,
  );
  return (
    <details className="fold" onToggle={({ currentTarget }) => currentTarget.open && ask(true)}>
      <summary>{text.signers}</summary>
      {asked && (
        <Read of={version}>
          {(data) => (
            <Hands title={text.signedBy(number)} me={me} names={data.names} of={handsOf(data, strings.money.desk)} />
          )}
        </Read>
      )}
    </details>
  );
}

function Draft({ draft, before }: { readonly draft: Version; readonly before: PlanText }) {
  const { strings, language } = useLanguage();
  const { me, department } = useOfficer();
  const text = strings.money.desk;
  const names = strings.plan.departments;
  const signed = (of: 'industry' | 'finance') => draft.signatures.find((one) => one.department === of);
  const mine = department && signed(department);
  const say = !department
    ? text.mayNotRead
    : mine
      ? text.mayNotSign(names[department], names[otherThan(department)])
      : text.maySign(names[department]);
  return (
    <section className="card proposal">
      <h3>
        {text.versionDraft(draft.number)} <Badge tone="warm">{strings.plan.statuses.draft}</Badge>{' '}
        <span className="quiet">{strings.plan.appliesFrom(day(draft.appliesFrom, language))}</span>
      </h3>
      {draft.reason && <p>{draft.reason}</p>}
      <Differences before={before} after={draft} />
      <Hands
        title={text.versionDraft(draft.number)}
        me={me}
        names={draft.names}
        say={`${say} ${text.publishes}`}
        of={handsOf(draft, text)}
      />
      {department && !mine && (
        <CommandForm
          contract={planVersionRoutes.signVersion}
          name={`sign-version.${draft.year}.${draft.number}`}
          call={{ params: { year: String(draft.year), number: String(draft.number) }, version: draft.version }}
          submit={text.signVersion}
          checked={text.signVersionCheck}
        />
      )}
    </section>
  );
}
