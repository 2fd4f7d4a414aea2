import { z } from "zod";
import {
  RelaxationStep,
  SkillRequirement,
} from "../../../../protocol/configuration/skill_requirement.ts";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { WAITING } from "./waiting.ts";

/** Reserves an agent of a queue at once, or parks the contact there. */
export const QueueActivity = z.strictObject({
  type: z.literal("queue"),
  queueId: reference("queue"),
  ...WAITING,
  /** Where to go outside the queue's hours; without it a caller is released then. */
  onClosed: path().optional(),
  requirements: z.array(SkillRequirement).max(16).default([]),
  /** Steps in order of time, each asking for the same or less than the one before. */
  relaxation: z.array(RelaxationStep).max(16).default([]),
});
export type QueueActivity = z.infer<typeof QueueActivity>;
