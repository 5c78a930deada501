import { createHash } from 'node:crypto';
import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { businessDate, startOfDay } from '../../core/calendar/business-date.ts';
import type { Document } from '../../core/documents/document.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { decideTask, lapseTask } from '../../core/inbox/open-task.ts';
import type { TaskDecision } from '../../core/inbox/task.ts';
import { born } from '../../core/lifecycle/record.ts';
import type { Ports } from '../../core/ports/context.ts';
import type { Change } from '../../core/ports/store.ts';
import type { Organisation, OrganisationStatus } from '../../core/registry/organisation.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { catalogueApi } from '../../functions/catalogue-api/routes/index.ts';
import { offeringSteps } from '../../functions/offering-steps/steps.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import type { Engine } from './engine.ts';
import { type Answered, type Caller, call } from './http-event.ts';

export const officer: Caller = { sub: 'officer-1', roles: ['regional-officer'] };
export const financier: Caller = { sub: 'finance-1', roles: ['finance-officer'] };
export const inspector: Caller = { sub: 'inspector-1', roles: ['inspector'] };

export const noon = (date: string): number => startOfDay(businessDate(date)) + 12 * 3_600_000;

/** A provider with a signed-in member and accepted evidence of a market price. */
export interface Provider {
  readonly member: Caller;
  readonly organisation: Organisation;
  readonly evidence: Document;
}

/** The catalogue and the plan on a real engine, with what the registry and the documents leave behind. */
export function catalogueWorld({ store }: Engine) {
  const clock = { at: noon('2019-09-27') };
  const now = () => clock.at;
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const api = createApi({ store, now, routes: catalogueApi(ports) });
  const plans = createApi({ store, now, routes: planApi(ports) });
  const steps = createSteps('offering-review', { store, now, steps: offeringSteps(ports) });
  let serial = 0;
  const id = idsOf(createHash('sha256').update('world').digest('hex'));

  const commit = async (...changes: Change[]): Promise<void> => {
    serial += 1;
    const origin = { actor: { sub: 'seed', role: 'system' as const }, at: clock.at, requestId: `seed-${serial}` };
    const committed = await store.commit(changes, origin);
    if (!committed.ok) throw new Error(JSON.stringify(committed));
  };

  const provider = async (name: string, status: OrganisationStatus = 'certified'): Promise<Provider> => {
    serial += 1;
    const organisation: Organisation = {
      id: id('org'),
      ...born(clock.at),
      kind: 'provider',
      uscc: composeUscc('150100', serial),
      name,
      jurisdiction: '150100',
      status,
      industrySection: 'I',
      address: '呼和浩特市',
    };
    const evidence: Document = {
      id: id('doc'),
      ...born(clock.at),
      organisationId: organisation.id,
      uploadedBy: `member-${serial}`,
      purpose: 'market-price-evidence',
      fileName: 'price.pdf',
      contentType: 'application/pdf',
      size: 1000,
      sha256: 'a'.repeat(64),
      objectKey: id('key'),
      status: 'accepted',
    };
    const sub = `member-${serial}`;
    await commit(
      { do: 'create', entity: 'organisation', value: organisation },
      {
        do: 'create',
        entity: 'member',
        value: {
          organisationId: organisation.id,
          organisationKind: 'provider',
          sub,
          name: sub,
          role: 'owner',
          ...born(clock.at),
        },
      },
      { do: 'create', entity: 'document', value: evidence },
    );
    return { member: { sub }, organisation, evidence };
  };

  const content = ({ evidence }: Provider, more: Readonly<Record<string, unknown>> = {}) => ({
    name: '云协同办公',
    description: '邮件、会议和通信',
    kind: 'collaboration',
    price: '80.00',
    priceUnit: 'user-year',
    voucherSupported: true,
    marketPrice: { price: '100.00', source: '第三方比价平台', observedOn: '2019-09-01', documentId: evidence.id },
    ...more,
  });

  /** Runs a step as the state machine would. */
  const step = (name: string, input: object, visit: { state: string; entered?: string; token?: string }) =>
    steps(
      { step: name, execution: 'exe-1', entered: '2019-09-27T04:00:00Z', ...visit, input },
      { awsRequestId: `step-${visit.state}` },
    );

  const taskOf = async (taskId: string) => {
    const task = await store.get('task', { id: taskId });
    if (!task) throw new Error(`no task ${taskId}`);
    return task;
  };

  let decisions = 0;
  const commandIds = () => {
    decisions += 1;
    return { at: clock.at, newId: idsOf(`decision-${decisions}`) };
  };
  const decide = async (taskId: string, decision: Partial<TaskDecision> & { outcome: string }) =>
    commit(
      ...decideTask(
        await taskOf(taskId),
        { reasons: [], decidedBy: officer.sub, decidedAt: clock.at, ...decision },
        commandIds(),
      ),
    );
  const lapse = async (taskId: string) => commit(...lapseTask(await taskOf(taskId), commandIds()));

  let reviews = 0;
  /** Reviews a submitted version: opens the task, decides it, applies the decision. */
  const review = async (
    version: { offeringId: string; number: number },
    decision: Partial<TaskDecision> & { outcome: string },
  ) => {
    reviews += 1;
    const entered = `2019-09-27T04:00:00.${reviews}Z`;
    const opened = (await step('open-review', version, { state: 'Review', entered, token: `token-${reviews}` })) as {
      taskId: string;
    };
    await decide(opened.taskId, decision);
    const input = { ...version, decision: { taskId: opened.taskId, outcome: decision.outcome } };
    return (await step('apply-review', input, { state: 'ApplyReview', entered })) as { next: string };
  };

  /** A submitted version of a new offering. */
  const submitted = async (of: Provider, more: Readonly<Record<string, unknown>> = {}): Promise<Answered> => {
    const created = await call(api, catalogueRoutes.createOffering, of.member, { body: content(of, more) });
    const params = { offeringId: created.body.id, number: 1 };
    const answer = await call(api, catalogueRoutes.submitVersion, of.member, { params, body: {}, version: 1 });
    if (answer.status !== 202) throw new Error(JSON.stringify([created.body, answer.body]));
    return answer;
  };

  /** A published offering. */
  const published = async (of: Provider, more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const { body } = await submitted(of, more);
    await review({ offeringId: body.offeringId, number: 1 }, { outcome: 'approve' });
    return body.offeringId;
  };

  return {
    api,
    plans,
    store,
    clock,
    commit,
    provider,
    content,
    step,
    decide,
    lapse,
    review,
    submitted,
    published,
    taskOf,
  };
}
