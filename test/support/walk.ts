import { readFileSync } from 'node:fs';

interface State {
  readonly Type: 'Task' | 'Choice' | 'Wait' | 'Succeed';
  readonly Resource?: string;
  readonly Parameters?: { readonly Payload: { readonly step: string } };
  readonly TimestampPath?: string;
  readonly Choices?: readonly { readonly Variable: string; readonly StringEquals: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Next?: string;
}
type Data = Record<string, unknown>;

/** What a walk needs from the test. */
export interface Walker {
  step(event: object): Promise<Data>;
  /** Called while a task waits: the test acts for people, and gives the outcome that the outbox would answer. */
  onWait(state: string, taskId: string, data: Data): Promise<string>;
  /** Called at a wait, with the moment it ends at. */
  onTime(endsAt: string): Promise<void>;
}

let walks = 0;

/**
 * Walks a state machine file in memory, without time: its order, choices and paths are those of the file, its steps are
 * the real ones. Every state is visited twice where a retry must not matter (`twice`).
 */
export async function walk(
  workflow: string,
  input: Data,
  walker: Walker,
  { twice = true } = {},
): Promise<{ states: string[]; data: Data }> {
  const text = readFileSync(new URL(`../../statemachines/${workflow}.asl.json`, import.meta.url), 'utf8');
  const { StartAt, States } = JSON.parse(text) as { StartAt: string; States: Record<string, State> };
  walks += 1;
  const execution = `walk-${walks}`;
  const states: string[] = [];
  let data = input;
  let name: string | undefined = StartAt;
  while (name !== undefined) {
    const state: State | undefined = States[name];
    if (!state) throw new Error(`no state ${name}`);
    states.push(name);
    switch (state.Type) {
      case 'Succeed':
        return { states, data };
      case 'Wait':
        await walker.onTime(String(read(data, state.TimestampPath ?? '')));
        name = state.Next;
        break;
      case 'Choice': {
        const from = data;
        name =
          state.Choices?.find((choice) => read(from, choice.Variable) === choice.StringEquals)?.Next ?? state.Default;
        break;
      }
      case 'Task': {
        const waiting = state.Resource?.endsWith('waitForTaskToken') ?? false;
        const event = {
          step: state.Parameters?.Payload.step,
          execution,
          state: name,
          entered: `visit-${states.length}`,
          input: data,
        };
        const call = (token: string) => walker.step(waiting ? { ...event, token } : event);
        let output = await call('token-1');
        if (twice) output = await call('token-2');
        if (waiting) {
          const taskId = String(output.taskId);
          data = { ...data, decision: { taskId, outcome: await walker.onWait(name, taskId, data) } };
        } else data = output;
        name = state.Next;
      }
    }
  }
  throw new Error('the walk ended without a final state');
}

const read = (data: Data, path: string): unknown =>
  path
    .replace(/^\$\./, '')
    .split('.')
    .reduce<unknown>((value, part) => (value as Data | undefined)?.[part], data);
