import { inboxRoutes } from '../../../../contracts/inbox.ts';
import { reviewReasonCodes } from '../../../../contracts/names.ts';
import type { Answer } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { HeldByAnother, InHands } from '../../components/holding.tsx';
import { Section } from '../../components/page.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useLanguage } from '../../language/language.tsx';
import type { Department } from './departments.ts';

export type Task = Answer<typeof inboxRoutes.listTasks>['items'][number];

const kinds = {
  payout: { industry: 'payout-industry', finance: 'payout-finance' },
  'year-end': { industry: 'year-end-industry', finance: 'year-end-finance' },
} as const;

/** The open approval of something that a department has to give; none while it is not its turn. */
export function useApproval(of: keyof typeof kinds, department: Department | undefined, subjectId: string) {
  const tasks = useList(
    inboxRoutes.listTasks,
    { query: { kind: kinds[of][department ?? 'industry'], status: 'open', limit: 100 } },
    department !== undefined,
  );
  return { ...tasks, task: tasks.items.find(({ subject }) => subject.id === subjectId) };
}

interface ApprovalProps {
  readonly approval: ReturnType<typeof useApproval>;
  /** What to do, of whoever may decide; why not, of whoever may not. */
  readonly may: string;
  readonly mayNot: string;
  readonly checked: string;
  readonly title: string;
}

const reasons = ['totals-wrong', 'data-mismatch', 'evidence-insufficient', 'other'] as const;

/** A department's yes or no to something of money, beside the figures it is about. */
export function Approval({ approval, may, mayNot, checked, title }: ApprovalProps) {
  const { strings, pick } = useLanguage();
  const text = strings.money.payout;
  const { task } = approval;
  if (approval.error) return <Failure error={approval.error} retry={approval.refetch} />;
  if (approval.isLoading) return <Loading />;
  if (!task) return null;
  if (!task.mayDecide && !task.mayTake) return <p className="note note-bad">{mayNot}</p>;
  return (
    <Section title={title}>
      <InHands task={task} />
      <HeldByAnother task={task} />
      {task.mayDecide && (
        <div className="card">
          <p>{may}</p>
          <CommandForm
            contract={inboxRoutes.decideTask}
            name={`decide.${task.id}`}
            initial={{ '/outcome': 'approve' }}
            call={{ params: { taskId: task.id }, version: task.version }}
            body={(_, { reasonCode, ...given }) => (given.outcome === 'refuse' ? { ...given, reasonCode } : given)}
            submit={text.decide}
            checked={checked}
          >
            {({ fields, bind, set }) => (
              <div className="field-grid">
                <SelectField
                  label={text.outcome}
                  {...bind('/outcome')}
                  change={(outcome) => set({ '/outcome': outcome }, '')}
                  groups={[{ choices: Object.entries(text.outcomes) }]}
                />
                {fields['/outcome'] === 'refuse' && (
                  <SelectField
                    label={text.reasonCode}
                    {...bind('/reasonCode')}
                    none={strings.states.choose}
                    groups={[
                      { choices: reasons.map((code): [string, string] => [code, pick(reviewReasonCodes[code])]) },
                    ]}
                  />
                )}
                <TextField label={text.note} hint={text.noteHint} optional {...bind('/note')} maxLength={1000} />
              </div>
            )}
          </CommandForm>
        </div>
      )}
    </Section>
  );
}
