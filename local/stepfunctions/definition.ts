import { StateMachine } from 'aws-local-stepfunctions';
import { isObject, type Json, type JsonObject } from './json.ts';

/** The parts of the Amazon States Language (JSONPath) that are read here; https://states-language.net/spec.html. */
export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'NONE' | 'FULL';
}

export interface Catcher {
  ErrorEquals: string[];
  Next: string;
  ResultPath?: string | null;
}

export type StateType = 'Task' | 'Parallel' | 'Map' | 'Pass' | 'Wait' | 'Choice' | 'Succeed' | 'Fail';

export interface State {
  Type: StateType;
  Next?: string;
  End?: boolean;
  InputPath?: string | null;
  OutputPath?: string | null;
  Parameters?: Json;
  ResultSelector?: Json;
  ResultPath?: string | null;
  Retry?: Retrier[];
  Catch?: Catcher[];
  // Task
  Resource?: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
  HeartbeatSeconds?: number;
  HeartbeatSecondsPath?: string;
  // Wait
  Seconds?: number;
  SecondsPath?: string;
  Timestamp?: string;
  TimestampPath?: string;
  // Pass
  Result?: Json;
  // Choice
  Choices?: (JsonObject & { Next: string })[];
  Default?: string;
  // Fail
  Error?: string;
  ErrorPath?: string;
  Cause?: string;
  CausePath?: string;
  // Map and Parallel
  ItemProcessor?: Definition;
  Iterator?: Definition;
  ItemSelector?: Json;
  ItemsPath?: string;
  MaxConcurrency?: number;
  MaxConcurrencyPath?: string;
  Branches?: Definition[];
}

export interface Definition {
  StartAt: string;
  States: Record<string, State>;
  TimeoutSeconds?: number;
  Comment?: string;
}

/** Fields that change what a machine does and that are not run here: refused when read, not ignored when run. */
const NOT_RUN_HERE = ['Assign', 'Arguments', 'Output', 'ItemReader', 'ItemBatcher', 'ResultWriter', 'Items'];

/**
 * Checks a definition and gives it its type.
 *
 * @throws Error naming the machine when the definition is not valid ASL or uses what this engine does not run
 *   (JSONata, variables, distributed maps, credentials of other accounts).
 */
export function parseDefinition(name: string, definition: unknown): Definition {
  validate(name, definition);
  return trustDefinition(name, definition);
}

/** As `parseDefinition`, for a definition that was valid before: validating takes a fifth of a second each. */
export function trustDefinition(name: string, definition: unknown): Definition {
  const valid = definition as Definition;
  refuseWhatIsNotRun(name, valid);
  return valid;
}

/** Definitions that were found valid in this process. Most of a validation is the same work for every definition. */
const foundValid = new Set<string>();

function validate(name: string, definition: unknown): void {
  const text = JSON.stringify(definition);
  if (foundValid.has(text)) return;
  try {
    // A copy, because the validator writes into what it is given.
    new StateMachine(JSON.parse(text), { validationOptions: { checkArn: false } });
  } catch (error) {
    throw new Error(`state machine ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  foundValid.add(text);
}

function refuseWhatIsNotRun(machine: string, definition: Definition): void {
  refuseOtherLanguages(machine, definition);
  for (const [name, state] of Object.entries(definition.States)) {
    refuseOtherLanguages(`${machine}, state ${name}`, state);
    const field = NOT_RUN_HERE.find((key) => key in state);
    if (field) throw new Error(`state machine ${machine}, state ${name}: ${field} is not run here`);
    const inner = [...(state.Branches ?? []), state.ItemProcessor, state.Iterator].filter((part) => part !== undefined);
    for (const part of inner) {
      const config = 'ProcessorConfig' in part ? part.ProcessorConfig : undefined;
      if (isObject(config) && config.Mode === 'DISTRIBUTED') {
        throw new Error(`state machine ${machine}, state ${name}: distributed maps are not run here`);
      }
      refuseWhatIsNotRun(machine, part);
    }
  }
}

function refuseOtherLanguages(where: string, part: object): void {
  if ('QueryLanguage' in part && part.QueryLanguage !== 'JSONPath') {
    throw new Error(`state machine ${where}: only the query language JSONPath is run here`);
  }
}

/** A definition as it is kept, for whoever only looks at it: it was valid when it was kept. */
export const parseStored = (name: string, text: string): Definition => trustDefinition(name, JSON.parse(text));
