/** What goes back to the client. */
export interface Reply {
  readonly status: number;
  /** Lower-case names; the gateway adds its own. */
  readonly headers: Record<string, string | number | string[]>;
  readonly body: string | Buffer;
}

/** The gateway's own answers, in its own words. */
export function gatewayReply(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message }),
  };
}

/**
 * Reads a function's result as payload format 2.0 does: with a `statusCode` it is a whole response, without one it is
 * the body of a 200. Undefined when it is not a valid response, which the client sees as an internal error.
 */
export function replyOf(result: unknown): Reply | undefined {
  if (!isObject(result) || result.statusCode === undefined) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof result === 'string' ? result : JSON.stringify(result ?? {}),
    };
  }
  const status = Number(result.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const { body = '' } = result;
  if (body !== null && typeof body !== 'string') return undefined;

  const headers: Reply['headers'] = {};
  if (isObject(result.headers)) {
    for (const [name, value] of Object.entries(result.headers)) headers[name.toLowerCase()] = String(value);
  }
  if (Array.isArray(result.cookies) && result.cookies.length > 0) headers['set-cookie'] = result.cookies.map(String);
  if (body && headers['content-type'] === undefined) headers['content-type'] = 'text/plain;charset=UTF-8';
  const text = body ?? '';
  return { status, headers, body: result.isBase64Encoded === true ? Buffer.from(text, 'base64') : text };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
