import type { FieldError } from '../../contracts/field-errors.ts';
import type { Problem } from '../../contracts/problem.ts';
import { issueError } from '../../contracts/sentences.ts';
import type { Failure } from '../../core/result.ts';
import { type Rule, type RuleKind, rules, sentence } from '../../core/rules/index.ts';

const statusOfKind: Record<RuleKind, number> = {
  missing: 404,
  forbidden: 403,
  state: 409,
  limit: 409,
  stale: 412,
  rule: 422,
  busy: 503,
};

/** An answer with a problem document. */
export interface ProblemAnswer {
  readonly status: number;
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Refusals that are not rules of the scheme but of HTTP. */
export const protocolProblems = {
  'malformed-json': {
    status: 400,
    zh: '请求正文不是有效的 JSON（UTF-8）。',
    en: 'The body is not valid JSON in UTF-8.',
  },
  'invalid-request': {
    status: 422,
    zh: '请求中有字段不符合要求，请按各字段的提示修改。',
    en: 'Some fields are not as they must be; each says what to change.',
  },
  'missing-body': { status: 400, zh: '缺少请求正文。', en: 'The body is missing.' },
  'unsupported-media-type': {
    status: 415,
    zh: '请求正文须为 application/json。',
    en: 'The body must be application/json.',
  },
  'body-too-large': { status: 413, zh: '请求正文超过 {limit} 字节。', en: 'The body is larger than {limit} bytes.' },
  unauthenticated: { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'idempotency-key-required': {
    status: 400,
    zh: '缺少请求头 Idempotency-Key（8–100 个可见字符，不含逗号，只发送一次）。',
    en: 'The header Idempotency-Key (8 to 100 visible characters without a comma, sent once) is missing.',
  },
  'idempotency-key-reused': {
    status: 409,
    zh: '该幂等键已用于另一请求，请换用新键。',
    en: 'This idempotency key was used for another request. Use a new one.',
  },
  'if-match-required': {
    status: 428,
    zh: '缺少请求头 If-Match：请先读取该记录，并带上其 ETag。',
    en: 'The header If-Match is missing: read the record first and send its ETag.',
  },
  'route-not-found': { status: 404, zh: '没有这个接口。', en: 'There is no such route.' },
  'internal-error': {
    status: 500,
    zh: '系统内部错误，未作任何变更。请凭请求编号联系系统运营方。',
    en: 'Something failed inside; nothing was changed. Give the request id to the operator.',
  },
} as const;
export type ProtocolProblem = keyof typeof protocolProblems;

export function protocolProblem(
  code: ProtocolProblem,
  requestId: string,
  more: { values?: Record<string, string | number>; errors?: FieldError[]; headers?: Record<string, string> } = {},
): ProblemAnswer {
  const { status, zh, en } = protocolProblems[code];
  return {
    status,
    problem: {
      type: typeUri(code),
      title: code,
      status,
      detail: sentence(zh, more.values),
      detailEn: sentence(en, more.values),
      code,
      ...(more.errors?.length ? { errors: more.errors } : {}),
      requestId,
    },
    ...(more.headers ? { headers: more.headers } : {}),
  };
}

/** The one mapping from a refused rule to HTTP. */
export function problemOf(failure: Failure, requestId: string): ProblemAnswer {
  const rule: Rule = rules[failure.rule];
  const status = statusOfKind[rule.kind];
  return {
    status,
    problem: {
      type: typeUri(failure.rule),
      title: failure.rule,
      status,
      detail: sentence(rule.zh, failure.values),
      detailEn: sentence(rule.en, failure.values),
      code: failure.rule,
      ...(failure.issues?.length ? { errors: failure.issues.map(issueError) } : {}),
      ...(rule.clause ? { clause: rule.clause } : {}),
      requestId,
      ...(failure.currentVersion === undefined ? {} : { currentVersion: failure.currentVersion }),
    },
    ...(rule.kind === 'busy' ? { headers: { 'retry-after': '1' } } : {}),
  };
}

const typeUri = (code: string) => `https://dengyun.example/problems/${code}`;
