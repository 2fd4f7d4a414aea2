import { z } from "zod";
import { Slug } from "../ids/names.ts";
import { Named } from "./named.ts";
import { SkillValue } from "./skill.ts";

/** Values of skills by skill id. */
export const SkillValues = z.record(Slug, SkillValue);
export type SkillValues = z.infer<typeof SkillValues>;

/** A set of skill values that is given to agents and teams. */
export const SkillProfile = Named.extend({ values: SkillValues });
export type SkillProfile = z.infer<typeof SkillProfile>;
