/**
 * Event patterns of an event source mapping: a list of accepted values or rules at each leaf, all named fields must match.
 * Known rules: exact values, `prefix`, `suffix`, `equals-ignore-case`, `exists`, `anything-but`, `numeric`, and `$or`.
 * Throws on a rule it does not know, so that a filter never means something else here than in the cloud.
 */
export function matchesPattern(pattern: unknown, value: unknown): boolean {
  if (!isObject(pattern)) throw new Error(`not an event pattern: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([key, rule]) => {
    if (key === '$or' && Array.isArray(rule)) return rule.some((branch) => matchesPattern(branch, value));
    const field = isObject(value) ? value[key] : undefined;
    if (Array.isArray(rule)) return rule.some((accepted) => accepts(accepted, field));
    return matchesPattern(rule, field);
  });
}

function accepts(rule: unknown, value: unknown): boolean {
  if (!isObject(rule)) return isPresent(value) ? rule === value : rule === null && value === null;
  const [name, argument] = Object.entries(rule)[0] ?? [];
  switch (name) {
    case 'exists':
      return (value !== undefined) === argument;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(argument));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(argument));
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase();
    case 'anything-but':
      return value !== undefined && !(Array.isArray(argument) ? argument : [argument]).some((a) => accepts(a, value));
    case 'numeric':
      return typeof value === 'number' && Array.isArray(argument) && numeric(argument, value);
    default:
      throw new Error(`event pattern rule ${name} is not known here`);
  }
}

function numeric(conditions: readonly unknown[], value: number): boolean {
  for (let i = 0; i < conditions.length; i += 2) {
    const bound = Number(conditions[i + 1]);
    const holds: Record<string, boolean> = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    };
    if (!holds[String(conditions[i])]) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
