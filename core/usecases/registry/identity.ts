import type { Actor } from '../../actors/actor.ts';
import { born, revise } from '../../lifecycle/record.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { type IdentityRecord, organisationStatuses } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { isActive } from './members.ts';
import { visibleOrganisation } from './read-organisation.ts';

/** How long an unmasked view lasts, in milliseconds. */
const DISCLOSURE_TIME = 15 * 60 * 1000;

export type IdentityFields = Pick<
  IdentityRecord,
  'legalRepresentative' | 'contactName' | 'contactIdNumber' | 'contactPhone' | 'bankAccount'
>;

const allowedStatuses = organisationStatuses.filter((status) => status !== 'submitted');

/** Gives or replaces the sensitive data of one's organisation (clause 四). Version 0 stands for "not given yet". */
export const makePutIdentity =
  (ports: Pick<Ports, 'reads'>): CommandUseCase<{ organisationId: string; fields: IdentityFields }, IdentityRecord> =>
  async ({ organisationId, fields }, command) => {
    if (command.actor.organisationId !== organisationId) return refuse('not-found');
    const organisation = await ports.reads.get('organisation', { id: organisationId });
    if (!organisation) return refuse('not-found');
    // Reviewers compare it with the documents: it stands still while they do.
    if (organisation.status === 'submitted') {
      return refuse('wrong-state', { values: { state: organisation.status, allowed: allowedStatuses.join('、') } });
    }
    if (fields.bankAccount && fields.bankAccount.accountName !== organisation.name) {
      return refuse('bank-account-not-own', {
        issues: [{ pointer: '/bankAccount/accountName', rule: 'bank-account-not-own' }],
      });
    }
    // What is paid goes to this account: once certified, only an owner redirects it.
    if (organisation.status === 'certified') {
      const member = await ports.reads.get('member', { organisationId, sub: command.actor.sub });
      if (member?.role !== 'owner' || !isActive(member)) return refuse('owner-only');
    }
    const stored = await ports.reads.get('identityRecord', { organisationId });
    const current = stored?.version ?? 0;
    if (command.expectedVersion !== current)
      return refuse('stale-version', { values: { current }, currentVersion: current });
    const unchanged: Change = {
      do: 'check',
      entity: 'organisation',
      id: { id: organisationId },
      version: organisation.version,
    };
    if (!stored) {
      const created: IdentityRecord = {
        organisationId,
        ...born(command.at),
        ...fields,
        accountVersion: 1,
        disclosures: [],
      };
      return ok({ result: created, changes: [{ do: 'create', entity: 'identityRecord', value: created }, unchanged] });
    }
    const { bankAccount: _replaced, ...rest } = stored;
    const accountVersion = stored.accountVersion + (isSameAccount(stored, fields) ? 0 : 1);
    const changed = revise<IdentityRecord>(rest, command.at, { ...fields, accountVersion });
    return ok({
      result: changed,
      changes: [{ do: 'update', entity: 'identityRecord', value: changed, audit: { action: 'replace' } }, unchanged],
    });
  };

const isSameAccount = ({ bankAccount: a }: IdentityRecord, { bankAccount: b }: IdentityFields): boolean =>
  a?.accountName === b?.accountName && a?.bank === b?.bank && a?.number === b?.number;

/** Staff who must see a full number say why; the view lasts a quarter of an hour and stays in the trail (clause 四). */
export const makeDiscloseIdentity =
  (ports: Pick<Ports, 'reads'>): CommandUseCase<{ organisationId: string; reason: string }, { until: number }> =>
  async ({ organisationId, reason }, command: Command) => {
    const visible = await visibleOrganisation(ports.reads, organisationId, command.actor);
    if (!visible.ok) return visible;
    const stored = await ports.reads.get('identityRecord', { organisationId });
    if (!stored) return refuse('not-found');
    const until = command.at + DISCLOSURE_TIME;
    const others = stored.disclosures.filter((d) => d.until > command.at && d.sub !== command.actor.sub);
    const disclosed = revise(stored, command.at, { disclosures: [...others, { sub: command.actor.sub, until }] });
    return ok({
      result: { until },
      changes: [
        { do: 'update', entity: 'identityRecord', value: disclosed, audit: { action: 'disclose', note: reason } },
      ],
    });
  };

/** The record, and whether this person sees it unmasked: by an open disclosure only. */
export const makeReadIdentity =
  (ports: Pick<Ports, 'reads'>) =>
  async (
    organisationId: string,
    actor: Actor,
    at: number,
  ): Promise<Result<{ record: IdentityRecord; unmasked: boolean }>> => {
    const visible = await visibleOrganisation(ports.reads, organisationId, actor);
    if (!visible.ok) return visible;
    const record = await ports.reads.get('identityRecord', { organisationId });
    if (!record) return refuse('not-found');
    return ok({ record, unmasked: record.disclosures.some((d) => d.sub === actor.sub && d.until > at) });
  };
