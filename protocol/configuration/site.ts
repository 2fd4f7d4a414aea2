import { Slug } from "../ids/names.ts";
import { Named } from "./named.ts";

/** A place where agents work. Its multimedia profile holds for agents and teams without one. */
export const Site = Named.extend({ multimediaProfileId: Slug.optional() });
