import type { IncomingHttpHeaders } from 'node:http';
import type { CorsModel } from '../template/model.ts';

/** Headers that let a browser of another origin read the answer; empty when the origin is not allowed. */
export function corsHeaders(cors: CorsModel, headers: IncomingHttpHeaders): Record<string, string> {
  const { origin } = headers;
  const allowed = origin && allowedOrigin(cors, origin);
  if (!allowed) return {};
  return {
    'access-control-allow-origin': allowed,
    ...(allowed !== '*' && { vary: 'origin' }),
    ...(cors.allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.exposeHeaders.length > 0 && { 'access-control-expose-headers': cors.exposeHeaders.join(',') }),
  };
}

/** The answer's headers to a browser that asks before it sends. */
export function preflightHeaders(cors: CorsModel, headers: IncomingHttpHeaders): Record<string, string> {
  const common = corsHeaders(cors, headers);
  if (!common['access-control-allow-origin']) return {};
  const asked = headers['access-control-request-headers'];
  const names = cors.allowHeaders.includes('*') && asked ? asked : cors.allowHeaders.join(',');
  const methods = cors.allowMethods.includes('*')
    ? 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'
    : cors.allowMethods.join(',');
  return {
    ...common,
    ...(methods && { 'access-control-allow-methods': methods }),
    ...(names && { 'access-control-allow-headers': names }),
    ...(cors.maxAgeSeconds !== undefined && { 'access-control-max-age': String(cors.maxAgeSeconds) }),
  };
}

function allowedOrigin(cors: CorsModel, origin: string): string | undefined {
  if (cors.allowOrigins.includes('*')) return '*';
  const matches = cors.allowOrigins.some((allowed) => {
    const [scheme, rest] = allowed.split('*');
    return rest === undefined ? allowed === origin : origin.startsWith(scheme ?? '') && origin.endsWith(rest);
  });
  return matches ? origin : undefined;
}
