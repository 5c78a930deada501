import { registryRoutes } from '../../../../contracts/registry.ts';
import { useList } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { More } from '../../components/more.tsx';
import { Section } from '../../components/page.tsx';
import { Failure } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { minute } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useDecisionsSaid } from './decision-said.ts';
import { type Certification, ReasonText } from './reasons.tsx';

interface RoundsBeforeProps {
  readonly organisationId: string;
  readonly latest: Certification;
}

/** Earlier applications with what was said to them. */
export function RoundsBefore({ organisationId, latest }: RoundsBeforeProps) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.certification;
  const list = useList(registryRoutes.listCertifications, { params: { organisationId }, organisationId });
  const said = useDecisionsSaid(organisationId);
  const before = list.items.filter(({ id }) => id !== latest.id);
  return (
    <Section title={text.before}>
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {before.length > 0 && (
        <Table
          caption={text.before}
          rows={before}
          keyOf={({ id }) => id}
          columns={[
            { title: text.round, cell: ({ round }) => text.roundN(round) },
            { title: text.submitted, cell: ({ submittedAt }) => minute(submittedAt, language) },
            {
              title: text.outcome,
              cell: ({ status }) => (
                <Badge tone={status === 'approved' ? 'good' : 'bad'}>{text.statuses[status]}</Badge>
              ),
            },
            {
              title: strings.mine.reasons,
              cell: (application) => (
                <ul>
                  {[said(application) ?? [], application.reasons].flat().map((reason) => (
                    <li key={`${reason.pointer} ${reason.reasonCode}`}>
                      <ReasonText reason={reason} />
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
      <More list={list} />
    </Section>
  );
}
