import * as z from 'zod';
import { defineRead } from './route.ts';

const context = 'public-api' as const;

/** What everybody may read about the system itself. */
export const publicRoutes = {
  readOpenapi: defineRead({
    operation: 'read-openapi',
    context,
    path: '/openapi.json',
    summary: { zh: '接口说明（OpenAPI 3.1）', en: 'This interface as an OpenAPI 3.1 document' },
    access: { public: true },
    answer: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
    cacheFor: 300,
  }),
  listRules: defineRead({
    operation: 'list-rules',
    context,
    path: '/v1/public/rules',
    summary: {
      zh: '全部规则：名称、条款依据与说明',
      en: 'Every rule: its name, the clause it rests on, and what it says',
    },
    clause: '一-(二)',
    access: { public: true },
    answer: z.strictObject({
      items: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.enum(['missing', 'forbidden', 'state', 'limit', 'stale', 'rule', 'busy']),
          clause: z.string().optional(),
          zh: z.string(),
          en: z.string(),
        }),
      ),
    }),
    cacheFor: 300,
  }),
};
