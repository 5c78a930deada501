import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { S3Error } from './s3-error.ts';

const configurationSchema = z.object({
  CorsRules: z.array(
    z.object({
      AllowedMethods: z.array(z.string()),
      AllowedOrigins: z.array(z.string()),
      AllowedHeaders: z.array(z.string()).default([]),
      ExposedHeaders: z.array(z.string()).default([]),
      MaxAge: z.coerce.number().optional(),
    }),
  ),
});

export type CorsRule = z.infer<typeof configurationSchema>['CorsRules'][number];

/** The rules of a bucket's `CorsConfiguration` property, as the template writes it; none if there is none. */
export function corsRules(configuration: unknown): readonly CorsRule[] {
  return configuration === undefined ? [] : configurationSchema.parse(configuration).CorsRules;
}

/** Sets what a browser needs to see on the answer (also on a refusal) if a rule of the bucket allows it. */
export function allowOrigin(rules: readonly CorsRule[], request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (!origin) return;
  const rule = ruleFor(rules, origin, request.method ?? '');
  if (rule) setHeaders(rule, origin, response);
}

/** Answers a preflight request. Throws `AccessForbidden` if no rule of the bucket allows it. */
export function answerPreflight(rules: readonly CorsRule[], request: IncomingMessage, response: ServerResponse): void {
  const { origin, 'access-control-request-method': method } = request.headers;
  if (!origin || !method) {
    throw new S3Error('InvalidRequest', 'Insufficient information. Origin and requested method are needed.');
  }
  const rule = ruleFor(rules, origin, method);
  const asked = (request.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  if (!rule || !asked.every((name) => rule.AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name)))) {
    throw new S3Error('AccessForbidden', 'CORSResponse: This CORS request is not allowed.', { Method: method });
  }
  setHeaders(rule, origin, response);
  if (asked.length > 0) response.setHeader('Access-Control-Allow-Headers', asked.join(', '));
  response.writeHead(200).end();
}

function ruleFor(rules: readonly CorsRule[], origin: string, method: string): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.AllowedMethods.includes(method) &&
      // On one machine the site has another address than in the cloud: its own ports stand in for the rule's origins.
      (isLoopback(origin) || rule.AllowedOrigins.some((pattern) => matches(pattern, origin))),
  );
}

function setHeaders(rule: CorsRule, origin: string, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Methods', rule.AllowedMethods.join(', '));
  response.setHeader('Vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
  if (rule.ExposedHeaders.length > 0) {
    response.setHeader('Access-Control-Expose-Headers', rule.ExposedHeaders.join(', '));
  }
  if (rule.MaxAge !== undefined) response.setHeader('Access-Control-Max-Age', rule.MaxAge);
}

function isLoopback(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
}

/** S3 allows one `*` per pattern. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
