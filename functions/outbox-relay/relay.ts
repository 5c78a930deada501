import type { DomainEvent, WorkflowName } from '../../core/ports/events.ts';

/** What the relay needs of the workflow service. */
export interface Workflows {
  /** Starts an execution with this name; one that exists already is the same one. */
  start(workflow: WorkflowName, name: string, input: object): Promise<void>;
  /** Answers a task token; a token that is answered or gone is done with. */
  answer(token: string, output: object): Promise<void>;
  stop(workflow: WorkflowName, name: string, cause: string): Promise<void>;
}

/** What the relay needs of the storage: an event that has had its effect leaves the outbox. */
export interface Outbox {
  remove(eventId: string): Promise<void>;
}

/** Carries one event to its effect. Doing it twice is doing it once: everything goes by the event's id or token. */
export async function relay(event: DomainEvent, workflows: Workflows, outbox: Outbox): Promise<void> {
  switch (event.type) {
    case 'workflow-requested':
      await workflows.start(event.workflow, event.id, event.input);
      break;
    case 'task-answered':
      await workflows.answer(event.token, event.output);
      break;
    case 'workflow-cancelled':
      await workflows.stop(event.workflow, event.executionName, event.cause);
      break;
    default: {
      // Of another version of the system, which will know: it stays, and an alarm rings.
      const { type }: Pick<DomainEvent, 'type'> = event satisfies never;
      throw new Error(`no effect is known of an event ${type}`);
    }
  }
  await outbox.remove(event.id);
}
