import type { z } from "zod";
import type { ActivityDefinition } from "./activity_definition.ts";

/** Gives a definition the types that its schema says; in which flows it may stand is one of them. */
export function defineActivity<S extends z.ZodObject, const Kind extends "voice" | "digital">(
  definition: ActivityDefinition<S> & { readonly kinds: readonly Kind[] },
): ActivityDefinition<S> & { readonly kinds: readonly Kind[] } {
  return definition;
}
