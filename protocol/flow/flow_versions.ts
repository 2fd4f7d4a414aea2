import { z } from "zod";
import { FieldProblem } from "../errors/problem.ts";
import { Millis, Slug } from "../ids/names.ts";

/** What is wrong with a flow, or looks so, by the field's path within the document. */
export const FlowProblem = FieldProblem.extend({
  code: z.string(),
  /** What has errors is not published; what has warnings runs. */
  severity: z.enum(["error", "warning"]),
});
export type FlowProblem = z.infer<typeof FlowProblem>;

/** What validating a flow came to. */
export const FlowValidation = z.object({
  /** It has no errors. */
  valid: z.boolean(),
  problems: z.array(FlowProblem),
});
export type FlowValidation = z.infer<typeof FlowValidation>;

/** What somebody says of a version. */
export const FlowComment = z.string().trim().max(500);

/** A version of a flow that was published. */
export const FlowVersion = z.object({
  flowId: Slug,
  /** Counts from 1. */
  number: z.number().int().positive(),
  /** Of its content: equal documents have equal ones. */
  hash: z.string(),
  /** The configuration's revision that it came with. */
  revision: z.number().int().positive(),
  /** A person's id, or the name of a service; null: not known. */
  author: z.string().nullable(),
  comment: z.string(),
  at: Millis,
});
export type FlowVersion = z.infer<typeof FlowVersion>;

/** A flow as lists show it. */
export const FlowSummary = z.object({
  id: Slug,
  name: z.string(),
  kind: z.enum(["voice", "digital"]),
  /** What contacts get now. */
  published: FlowVersion.nullable(),
  draft: z.object({
    author: z.string(),
    updatedAt: Millis,
    /** It says something else than what is published. */
    differs: z.boolean(),
  }).nullable(),
});
export type FlowSummary = z.infer<typeof FlowSummary>;

/** What publishing takes. */
export const PublishRequest = z.strictObject({
  comment: FlowComment.default(""),
  /** Publish it though validation warns. */
  allowWarnings: z.boolean().default(false),
});
export type PublishRequest = z.infer<typeof PublishRequest>;

/** What going back takes. */
export const RollbackRequest = z.strictObject({
  version: z.number().int().positive(),
  comment: FlowComment.optional(),
});
export type RollbackRequest = z.infer<typeof RollbackRequest>;
