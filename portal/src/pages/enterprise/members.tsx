import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { registryRoutes } from '../../../../contracts/registry.ts';
import type { Answer } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { refresh } from '../../api/refresh.ts';
import { Badge } from '../../components/badge.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { Table } from '../../components/table.tsx';
import { TurnedDown } from '../../components/turned-down.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useSession } from '../../session/use-session.ts';

type Member = Answer<typeof registryRoutes.listMembers>['items'][number];

interface MembersProps {
  readonly organisationId: string;
  readonly members: readonly Member[];
  readonly isOwner: boolean;
}

/** Everybody who acts for the organisation, and what an owner may change of it; a clerk may leave. */
export function Members({ organisationId, members, isOwner }: MembersProps) {
  const { strings } = useLanguage();
  const text = strings.enterprise.people;
  const session = useSession();
  const navigate = useNavigate();
  const own = session.status === 'anonymous' ? '' : session.person.sub;
  const change = useCommand(registryRoutes.changeMemberRole);
  const remove = useCommand(registryRoutes.removeMember);
  const [asking, setAsking] = useState<{ readonly what: 'role' | 'remove'; readonly member: Member }>();
  const other = asking?.member.role === 'owner' ? 'clerk' : 'owner';

  const act = async () => {
    if (!asking) return;
    const { member, what } = asking;
    const call = { params: { organisationId, sub: member.sub }, version: member.version, organisationId };
    const refusal =
      what === 'role'
        ? await change.submit({ ...call, body: { role: other } })
        : await remove.submit({ ...call, body: {} as never });
    setAsking(undefined);
    if (refusal) return;
    const left = what === 'remove' && member.sub === own;
    await refresh(registryRoutes.listMembers, ...(left ? [registryRoutes.readMemberships] : []));
    if (left) navigate({ to: '/mine' });
  };
  if (members.length === 0) return null;
  return (
    <>
      <TurnedDown cause={change.refusal?.cause ?? remove.refusal?.cause} />
      <Table
        caption={text.members}
        rows={members}
        keyOf={({ sub }) => sub}
        columns={[
          {
            title: text.name,
            cell: ({ name, sub }) => (
              <>
                <strong>{name}</strong> {sub === own && <Badge>{text.you}</Badge>}
              </>
            ),
          },
          { title: text.account, cell: ({ sub }) => <span className="code">{sub}</span> },
          { title: text.role, cell: ({ role }) => text.roles[role] },
          {
            title: text.what,
            cell: (member) => {
              const mayChange = isOwner && member.sub !== own;
              const mayLeave = !isOwner && member.sub === own;
              return (
                <span className="row-actions">
                  {mayChange && (
                    <button type="button" className="link-button" onClick={() => setAsking({ what: 'role', member })}>
                      {member.role === 'owner' ? text.makeClerk : text.makeOwner}
                    </button>
                  )}
                  {(mayChange || mayLeave) && (
                    <button type="button" className="link-button" onClick={() => setAsking({ what: 'remove', member })}>
                      {mayLeave ? text.leave : text.remove}
                    </button>
                  )}
                  {!mayChange && !mayLeave && '—'}
                </span>
              );
            },
          },
        ]}
      />
      {asking && (
        <Confirm
          title={
            asking.what === 'role'
              ? text.confirmRole(asking.member.name, text.roles[other])
              : asking.member.sub === own
                ? text.confirmLeave
                : text.confirmRemove(asking.member.name)
          }
          consequences={
            asking.what === 'remove'
              ? text.removeConsequences
              : other === 'owner'
                ? text.ownerConsequences
                : text.clerkConsequences
          }
          confirm={
            asking.what === 'role'
              ? other === 'owner'
                ? text.makeOwner
                : text.makeClerk
              : asking.member.sub === own
                ? text.leave
                : text.remove
          }
          pending={change.pending || remove.pending}
          act={act}
          close={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
