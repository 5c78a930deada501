import * as z from 'zod';
import { S3Error } from './s3-error.ts';

const lengthSchema = z.coerce.number().int().nonnegative();

const policySchema = z.object({
  expiration: z.iso.datetime({ offset: true }),
  conditions: z.array(
    z.union([
      z.tuple([z.string().regex(/^content-length-range$/i), lengthSchema, lengthSchema]),
      z.tuple([z.string().regex(/^(eq|starts-with)$/i), z.string().startsWith('$'), z.string()]),
      z.record(z.string(), z.string()).refine((equal) => Object.keys(equal).length === 1),
    ]),
  ),
});

/** Fields of a form that need no condition of their own. */
const needsNoCondition = (name: string) =>
  ['file', 'policy', 'x-amz-signature'].includes(name) || name.startsWith('x-ignore-');

/**
 * Checks a POST form against its policy as S3 does: not expired, every condition met, no field that no condition speaks
 * of, size within range. Field names are lower-case; `fields` includes the bucket of the address.
 */
export function checkPolicy(options: {
  policy: string;
  fields: ReadonlyMap<string, string>;
  size: number;
  now: number;
}): void {
  const policy = parsePolicy(options.policy);
  const expiration = Date.parse(policy.expiration);
  if (options.now > expiration) throw denied('Policy expired.');

  const spokenOf = new Set<string>();
  for (const condition of policy.conditions) {
    if (Array.isArray(condition) && condition.length === 3 && typeof condition[1] === 'number') {
      const [, least, most] = condition;
      checkLength(options.size, least, Number(most));
      continue;
    }
    const { operator, field, value } = comparison(condition as readonly string[] | Record<string, string>);
    spokenOf.add(field);
    const given = options.fields.get(field);
    const met = operator === 'eq' ? given === value : given?.startsWith(value);
    if (!met) throw denied(`Policy Condition failed: ${JSON.stringify([operator, `$${field}`, value])}`);
  }

  const extra = [...options.fields.keys()].filter((name) => !needsNoCondition(name) && !spokenOf.has(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
}

function parsePolicy(text: string): z.infer<typeof policySchema> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: Invalid JSON.');
  }
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) throw new S3Error('InvalidPolicyDocument', `Invalid Policy: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function comparison(condition: readonly string[] | Record<string, string>) {
  if (Array.isArray(condition)) {
    const [operator = '', field = '', value = ''] = condition as readonly string[];
    return { operator: operator.toLowerCase(), field: field.slice(1).toLowerCase(), value };
  }
  const [field = '', value = ''] = Object.entries(condition)[0] ?? [];
  return { operator: 'eq', field: field.toLowerCase(), value };
}

function checkLength(size: number, least: number, most: number): void {
  if (size < least) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: size,
      MinSizeAllowed: least,
    });
  }
  if (size > most) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: size,
      MaxSizeAllowed: most,
    });
  }
}

const denied = (reason: string) => new S3Error('AccessDenied', `Invalid according to Policy: ${reason}`);
