import { z } from "zod";
import { PromptName } from "../../../../protocol/flow/flow_document.ts";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { template } from "../../fields/template.ts";

const ToNumber = z.strictObject({
  kind: z.literal("number"),
  /** E.164; may hold expressions. */
  number: template(128).min(1),
  ringSeconds: z.number().int().min(5).max(120).default(30),
  /** What the caller hears until the other side is heard. */
  prompt: PromptName.default("ringback-eu"),
});
const ToAgent = z.strictObject({
  kind: z.literal("agent"),
  /** An agent's id; may hold expressions. */
  agentId: template(128).min(1),
  /** The queue that counts the contact and whose times hold. */
  queueId: reference("queue"),
});
const ToEntryPoint = z.strictObject({
  kind: z.literal("entry-point"),
  entryPointId: reference("entry-point"),
});

/** Passes a caller on: to a number outside, to an agent, or to another entry point's flow. */
export const TransferActivity = z.strictObject({
  type: z.literal("transfer"),
  to: z.discriminatedUnion("kind", [ToNumber, ToAgent, ToEntryPoint]),
  /** With the reason in `transferCause`. */
  onFailure: path(),
  onError: path().optional(),
});
export type TransferActivity = z.infer<typeof TransferActivity>;
