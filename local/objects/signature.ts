import { createHmac, timingSafeEqual } from 'node:crypto';
import { getCanonicalHeaders, getSigningKey, SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../clock/clock.ts';
import { S3Error } from './s3-error.ts';
import { Sha256 } from './sha256.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const UNSIGNED = 'UNSIGNED-PAYLOAD';
const LONGEST_PRESIGNED_SECONDS = 7 * 24 * 3600;
const SKEW_MS = 15 * 60 * 1000;

export interface SigningOptions {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly clock: Clock;
}

export interface ReceivedRequest {
  readonly method: string;
  /** As it was on the wire, still encoded: that is what was signed. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the signature says about the body: its SHA-256, `UNSIGNED-PAYLOAD` or one of the `STREAMING-…` forms. */
export type PayloadClaim = string;

export interface SignatureCheck {
  /** Checks a request signed in its `Authorization` header or in its query (presigned). Throws an `S3Error`. */
  request(received: ReceivedRequest): Promise<PayloadClaim>;
  /** Checks the signature over the policy of a POST form; `field` reads a form field by lower-case name. */
  form(field: (name: string) => string | undefined): Promise<void>;
}

export function createSignatureCheck(options: SigningOptions): SignatureCheck {
  const verifier = new Verifier(options);

  const fromHeader = (received: ReceivedRequest): { claim: Claim; payload: PayloadClaim } => {
    const claim = parseAuthorization(received.headers.authorization ?? '');
    const payload = received.headers['x-amz-content-sha256'];
    if (!payload) throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
    const longDate = received.headers['x-amz-date'] ?? '';
    const signedAt = parseLongDate(longDate);
    if (signedAt === undefined) {
      throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
    }
    // Processes outside the runtime sign with the real time, its workers with the moved one: both are honest.
    if (![Date.now(), options.clock.now()].some((now) => Math.abs(now - signedAt) <= SKEW_MS)) {
      throw new S3Error(
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
        { RequestTime: longDate, ServerTime: iso(options.clock.now()), MaxAllowedSkewMilliseconds: SKEW_MS },
      );
    }
    return { claim: { ...claim, longDate }, payload };
  };

  const fromQuery = (received: ReceivedRequest): { claim: Claim; payload: PayloadClaim } => {
    const part = (name: string) => {
      const [value, second] = received.query.getAll(name);
      if (value !== undefined && second === undefined) return value;
      throw new S3Error('AuthorizationQueryParametersError', `Query-string authentication requires one ${name}.`);
    };
    if (part('X-Amz-Algorithm') !== ALGORITHM) {
      throw new S3Error('AuthorizationQueryParametersError', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
    }
    const longDate = part('X-Amz-Date');
    const signedAt = parseLongDate(longDate);
    if (signedAt === undefined) {
      throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Date must be in the ISO8601 Long Format');
    }
    const seconds = part('X-Amz-Expires');
    if (!/^[1-9]\d{0,6}$/.test(seconds) || Number(seconds) > LONGEST_PRESIGNED_SECONDS) {
      throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Expires must be between 1 and 604800 seconds');
    }
    const now = options.clock.now();
    if (signedAt > now + SKEW_MS) throw new S3Error('AccessDenied', 'Request is not yet valid');
    const expires = signedAt + Number(seconds) * 1000;
    if (now > expires) {
      throw new S3Error('AccessDenied', 'Request has expired', {
        'X-Amz-Expires': seconds,
        Expires: iso(expires),
        ServerTime: iso(now),
      });
    }
    const claim: Claim = {
      credential: part('X-Amz-Credential'),
      signedHeaders: part('X-Amz-SignedHeaders').split(';'),
      signature: part('X-Amz-Signature'),
      longDate,
    };
    return { claim, payload: received.headers['x-amz-content-sha256'] ?? UNSIGNED };
  };

  const checkCredential = (credential: string, longDate: string) => {
    const [accessKeyId, shortDate, region, service, end, ...rest] = credential.split('/');
    if (accessKeyId !== options.credentials.accessKeyId) {
      throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
        AWSAccessKeyId: accessKeyId ?? '',
      });
    }
    if (region !== options.region) {
      throw new S3Error(
        'AuthorizationHeaderMalformed',
        `The authorization header is malformed; the region '${region}' is wrong; expecting '${options.region}'`,
        { Region: options.region },
      );
    }
    if (service !== 's3' || end !== 'aws4_request' || rest.length > 0 || shortDate !== longDate.slice(0, 8)) {
      throw new S3Error('AuthorizationHeaderMalformed', 'The credential scope does not fit the request.');
    }
  };

  return {
    async request(received) {
      const inHeader = received.headers.authorization !== undefined;
      const inQuery = received.query.has('X-Amz-Signature') || received.query.has('X-Amz-Algorithm');
      if (inHeader && inQuery) throw new S3Error('InvalidArgument', 'Only one auth mechanism allowed');
      if (!inHeader && !inQuery) throw new S3Error('AccessDenied', 'Access Denied');
      const { claim, payload } = inHeader ? fromHeader(received) : fromQuery(received);
      checkCredential(claim.credential, claim.longDate);
      const signed = new Set(claim.signedHeaders);
      const unsigned = Object.keys(received.headers).filter((name) => name.startsWith('x-amz-') && !signed.has(name));
      if (!signed.has('host') || unsigned.length > 0) {
        throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
          HeadersNotSigned: signed.has('host') ? unsigned.join(', ') : 'host',
        });
      }
      requireEqual(claim.signature, await verifier.signatureOf(received, claim, payload));
      return payload;
    },

    async form(field) {
      const policy = field('policy');
      const credential = field('x-amz-credential');
      const signature = field('x-amz-signature');
      const longDate = field('x-amz-date') ?? '';
      if (!policy || !credential || !signature) throw new S3Error('AccessDenied', 'Access Denied');
      if (field('x-amz-algorithm') !== ALGORITHM || parseLongDate(longDate) === undefined) {
        throw new S3Error('InvalidRequest', `The form must be signed with ${ALGORITHM} and carry x-amz-date.`);
      }
      checkCredential(credential, longDate);
      requireEqual(signature, await verifier.signatureOfText(policy, longDate.slice(0, 8)));
    },
  };
}

interface Claim {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly longDate: string;
}

/** Lends the library's computation of a signature to someone who received the request instead of sending it. */
class Verifier extends SignatureV4 {
  readonly #options: SigningOptions;

  constructor(options: SigningOptions) {
    super({
      service: 's3',
      region: options.region,
      credentials: options.credentials,
      sha256: Sha256,
      uriEscapePath: false,
      applyChecksum: false,
    });
    this.#options = options;
  }

  async signatureOf(received: ReceivedRequest, claim: Claim, payload: PayloadClaim): Promise<string> {
    const headers: Record<string, string> = {};
    for (const name of claim.signedHeaders) {
      const value = received.headers[name];
      if (value !== undefined) headers[name] = value;
    }
    const query: Record<string, string[]> = {};
    for (const name of new Set(received.query.keys())) query[name] = received.query.getAll(name);
    const request = { method: received.method, protocol: 'http:', hostname: '', path: received.path, query, headers };
    const canonicalHeaders = getCanonicalHeaders(request, undefined, new Set(claim.signedHeaders));
    const canonical = this.createCanonicalRequest(request, canonicalHeaders, payload);
    const scope = claim.credential.slice(claim.credential.indexOf('/') + 1);
    const text = await this.createStringToSign(claim.longDate, scope, canonical, ALGORITHM);
    return this.signatureOfText(text, claim.longDate.slice(0, 8));
  }

  async signatureOfText(text: string, shortDate: string): Promise<string> {
    const { credentials, region } = this.#options;
    const key = await getSigningKey(Sha256, credentials, shortDate, region, 's3');
    return createHmac('sha256', key).update(text).digest('hex');
  }
}

function parseAuthorization(header: string): Omit<Claim, 'longDate'> {
  const [algorithm, ...rest] = header.split(' ');
  if (algorithm !== ALGORITHM) throw new S3Error('InvalidArgument', 'Unsupported Authorization Type');
  const parts = new Map(
    rest
      .join('')
      .split(',')
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const),
  );
  const credential = parts.get('Credential');
  const signedHeaders = parts.get('SignedHeaders')?.split(';');
  const signature = parts.get('Signature');
  if (!credential || !signedHeaders || !signature) {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      'The authorization header requires three components: Credential, SignedHeaders, and Signature.',
    );
  }
  return { credential, signedHeaders, signature };
}

/** `20260101T000000Z` as epoch milliseconds. */
function parseLongDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function requireEqual(given: string, computed: string): void {
  const a = Buffer.from(given);
  const b = Buffer.from(computed);
  if (a.length === b.length && timingSafeEqual(a, b)) return;
  throw new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    { SignatureProvided: given },
  );
}

const iso = (time: number) => new Date(time).toISOString();
