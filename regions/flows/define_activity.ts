import type { z } from "zod";
import type { ActivityDefinition } from "./activity_definition.ts";

/** Gives a definition the types that its schema says. */
export function defineActivity<S extends z.ZodObject>(
  definition: ActivityDefinition<S>,
): ActivityDefinition<S> {
  return definition;
}
