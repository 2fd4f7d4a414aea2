import { z } from "zod";
import { SkillRequirement } from "../configuration/skill_requirement.ts";
import { Channel, Millis, Slug, Uuid } from "../ids/names.ts";

/** A contact who waits in a queue. */
export const WaitingContact = z.object({
  interactionId: Uuid,
  /** 1 is served next. */
  position: z.number().int().positive(),
  channel: Channel,
  contact: z.string(),
  priority: z.number().int(),
  queuedAt: Millis,
  /** What it could expect to wait when it was queued, in milliseconds; null: unknown. */
  estimatedWait: z.number().int().nonnegative().nullable(),
  /** What an agent must be able to do, as relaxed so far. */
  requirements: z.array(SkillRequirement),
  /** Waits for this agent alone. */
  agentId: Slug.nullable(),
  virtual: z.enum(["callback", "outbound", "voicemail"]).nullable(),
});
export type WaitingContact = z.infer<typeof WaitingContact>;
