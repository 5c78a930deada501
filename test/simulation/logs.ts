let listeners = 0;
let errors: string[] = [];
const { info, warn, error } = console;

/**
 * Keeps what the functions log as errors, and lets the rest be: the trace tells the story. Several runs may listen at once;
 * the console is itself again when the last has stopped.
 */
export function listenToLogs(): { errorsOf(requestId: string): readonly string[]; stop(): void } {
  listeners += 1;
  const nothing = () => undefined;
  Object.assign(console, { info: nothing, warn: nothing, error: (line: string) => void errors.push(line) });
  return {
    errorsOf: (requestId) => errors.filter((line) => line.includes(`"${requestId}"`)),
    stop() {
      listeners -= 1;
      if (listeners > 0) return;
      errors = [];
      Object.assign(console, { info, warn, error });
    },
  };
}
