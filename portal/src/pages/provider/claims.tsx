import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { planRoutes } from '../../../../contracts/plan.ts';
import { useCommand } from '../../api/command.ts';
import { ApiProblem } from '../../api/failures.ts';
import { useList, useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { More } from '../../components/more.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Clause, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { TurnedDown } from '../../components/turned-down.tsx';
import { day, money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { Acting } from '../../session/acting.tsx';
import { type Claim, claimTones } from './claim-items.ts';
import '../../styles/provider.css';

/** The year's window with the claim in it, and the claims of the years before. */
export default function Claims() {
  return <Acting kind="provider">{(organisationId) => <OwnClaims organisationId={organisationId} />}</Acting>;
}

function OwnClaims({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.provider.claims;
  const list = useList(claimsRoutes.listClaims, { organisationId });
  return (
    <Page title={strings.pages.providerClaims} lead={text.lead}>
      <Read of={{ ...list, data: list.data && list.items }}>
        {(claims) => <Both claims={claims} list={list} organisationId={organisationId} />}
      </Read>
    </Page>
  );
}

interface BothProps extends ThisYearProps {
  readonly list: Parameters<typeof More>[0]['list'];
}

function Both({ claims, list, organisationId }: BothProps) {
  const { strings } = useLanguage();
  const text = strings.provider.claims;
  return (
    <>
      <ThisYear claims={claims} organisationId={organisationId} />
      <Section title={text.list}>
        {claims.length === 0 ? (
          <p className="card quiet">{text.none}</p>
        ) : (
          <Table
            caption={text.list}
            rows={claims}
            keyOf={({ id }) => id}
            columns={[
              {
                title: text.year,
                cell: ({ id, year }) => (
                  <PageLink to="/provider/claims/$claimId" params={{ claimId: id }} className="strong-link">
                    {strings.plan.years(year)}
                  </PageLink>
                ),
              },
              {
                title: text.status,
                cell: ({ status }) => <Badge tone={claimTones[status]}>{text.statuses[status]}</Badge>,
              },
              { title: text.items, figures: true, cell: ({ itemCount }) => text.copies(itemCount) },
              { title: text.asked, figures: true, cell: ({ asked }) => money(asked) },
              { title: text.approved, figures: true, cell: ({ approved }) => (approved ? money(approved) : '—') },
            ]}
          />
        )}
        <More list={list} />
      </Section>
    </>
  );
}

interface ThisYearProps {
  readonly claims: readonly Claim[];
  readonly organisationId: string;
}

function ThisYear({ claims, organisationId }: ThisYearProps) {
  const { strings } = useLanguage();
  const text = strings.provider.claims;
  const year = Number(today().slice(0, 4));
  const plan = useRead(planRoutes.readPublishedPlan, { params: { year: String(year) } });
  const isMissing = plan.error instanceof ApiProblem && plan.error.problem.status === 404;
  return (
    <section className="card claim-window">
      <h2>
        {text.window(year)} <Clause clause="七-(一)" />
      </h2>
      {isMissing ? (
        <p>{text.noPlan}</p>
      ) : (
        <Read of={plan}>
          {({ parameters }) => (
            <Window
              from={`${year}-${parameters.claimWindow.from}`}
              to={`${year}-${parameters.claimWindow.to}`}
              claim={claims.find((claim) => claim.year === year)}
              organisationId={organisationId}
            />
          )}
        </Read>
      )}
    </section>
  );
}

interface WindowProps {
  readonly from: string;
  readonly to: string;
  readonly claim: Claim | undefined;
  readonly organisationId: string;
}

function Window({ from, to, claim, organisationId }: WindowProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.claims;
  const navigate = useNavigate();
  const command = useCommand(claimsRoutes.openClaim);
  const { answer } = command;
  useEffect(() => {
    if (!answer) return;
    refresh(claimsRoutes.listClaims);
    navigate({ to: `/provider/claims/${answer.id}` });
  }, [answer, navigate]);
  const now = today();
  const isOpen = from <= now && now <= to;
  return (
    <>
      <p>
        {isOpen
          ? text.windowOpen(day(to, language))
          : now < from
            ? text.windowBefore(day(from, language))
            : text.windowOver(day(to, language))}
      </p>
      <TurnedDown cause={command.refusal?.cause} />
      {claim ? (
        <PageLink to="/provider/claims/$claimId" params={{ claimId: claim.id }} className="button button-main">
          {claim.status === 'draft' || claim.status === 'returned' ? text.toClaim : strings.provider.claim.view}
        </PageLink>
      ) : (
        isOpen && (
          <Button disabled={command.pending} onClick={() => command.submit({ organisationId })}>
            {command.pending ? text.opening : text.open}
          </Button>
        )
      )}
    </>
  );
}
