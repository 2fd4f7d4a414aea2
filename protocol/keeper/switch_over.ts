import { z } from "zod";
import { ClusterId, Millis, RegionId, Uuid } from "../ids/names.ts";

/**
 * Body of `POST /v1/clusters/{clusterId}/switch-overs` of a keeper and, with an operator's token, of
 * the control plane.
 */
export const SwitchOverRequest = z.object({
  /** Where the cluster is to be active. */
  to: RegionId,
  /** Only checks and reports; nothing moves. */
  rehearse: z.boolean().default(false),
  /**
   * "accept-loss" takes the lease for a site that may lack acknowledged work, once the majority's
   * lease of the other has ended. Nothing else is ever forced.
   */
  force: z.literal("accept-loss").optional(),
  /** Whoever asked, for the audit record. */
  requestedBy: z.string().trim().min(1).max(120),
});
export type SwitchOverRequest = z.infer<typeof SwitchOverRequest>;

/** One line of a pre-check. */
export const SwitchOverCheck = z.object({
  name: z.enum(["lease", "standby", "lag", "epoch", "capacity", "cell", "in-sync"]),
  ok: z.boolean(),
  /** What was found, and what to do when it is not good. */
  detail: z.string(),
});
export type SwitchOverCheck = z.infer<typeof SwitchOverCheck>;

/** How a switch-over goes: answer of `GET /v1/clusters/{clusterId}/switch-overs/{id}`. */
export const SwitchOver = z.object({
  id: Uuid,
  clusterId: ClusterId,
  from: RegionId.nullable(),
  to: RegionId,
  rehearse: z.boolean(),
  forced: z.boolean(),
  requestedBy: z.string(),
  requestedAt: Millis,
  state: z.enum(["checking", "draining", "stopping", "handing-over", "done", "refused", "failed"]),
  checks: z.array(SwitchOverCheck),
  /** When each state was reached. */
  steps: z.array(z.object({ state: z.string(), at: Millis })),
  epochBefore: z.number().int().nullable(),
  epochAfter: z.number().int().nullable(),
  /** Why it was refused or failed, and what to do. */
  problem: z.string().nullable(),
});
export type SwitchOver = z.infer<typeof SwitchOver>;
