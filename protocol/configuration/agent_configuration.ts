import { z } from "zod";
import { Role } from "../access_token/access_token_claims.ts";
import { Slug } from "../ids/names.ts";
import { Named } from "./named.ts";
import { SkillValues } from "./skill_profile.ts";

/** Someone who signs in: agent, supervisor or administrator. */
export const AgentConfiguration = Named.extend({
  username: z.string().min(1).max(120),
  teamIds: z.array(Slug).min(1).max(32),
  roles: z.array(Role).min(1).default(["agent"]),
  skillProfileId: Slug.optional(),
  /** Single values, above those of the profiles. */
  skills: SkillValues.default({}),
  multimediaProfileId: Slug.optional(),
  /** Write-only. Needed for a new agent; left out, the password stays. */
  password: z.string().min(8).max(256).optional(),
});
export type AgentConfiguration = z.infer<typeof AgentConfiguration>;
