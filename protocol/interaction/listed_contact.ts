import { z } from "zod";
import { SkillRequirement } from "../configuration/skill_requirement.ts";
import { PhoneNumber, Uuid } from "../ids/names.ts";
import { storableText } from "../text/storable_text.ts";

/** Body of `POST /v1/queues/{id}/contacts`: someone to be called by an outbound queue's agents. */
export const ListedContact = z.strictObject({
  /** Becomes the interaction's id; a repeat of a live one changes nothing. */
  interactionId: Uuid,
  number: PhoneNumber,
  contactName: z.string().overwrite(storableText).trim().min(1).max(120).nullable().default(null),
  priority: z.number().int().min(0).max(9).default(0),
  requirements: z.array(SkillRequirement).max(16).default([]),
  withinSeconds: z.number().int().min(60).max(7 * 86_400).default(86_400),
});
export type ListedContact = z.infer<typeof ListedContact>;
