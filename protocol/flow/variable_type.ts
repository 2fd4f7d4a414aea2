import { z } from "zod";

/** What a flow's variable holds. Every value is kept as text; the type says how to read it. */
export const VariableType = z.enum(["text", "number", "boolean", "date", "json"]);
export type VariableType = z.infer<typeof VariableType>;
