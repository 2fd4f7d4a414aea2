import { z } from "zod";

/** One field of a request that did not fit, with its JSON path ("queues.0.name"). */
export const FieldProblem = z.object({
  path: z.string(),
  message: z.string(),
  /** A stable word for what is wrong, where the schema alone does not say it. */
  code: z.string().optional(),
});
export type FieldProblem = z.infer<typeof FieldProblem>;

/** Problem details on the wire, `application/problem+json` (RFC 9457). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  instance: z.string().optional(),
  errors: z.array(FieldProblem).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof Problem>;
