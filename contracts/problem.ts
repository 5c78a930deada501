import * as z from 'zod';

/** RFC 9457 problem document. `detail` is Chinese, `detailEn` English; both say what to do. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  detailEn: z.string(),
  code: z.string(),
  errors: z
    .array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string(), detailEn: z.string() }))
    .optional(),
  /** The clause of the notice, where a policy rule refused. */
  clause: z.string().optional(),
  requestId: z.string(),
  /** Only with 412: the version that is current. */
  currentVersion: z.int().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
