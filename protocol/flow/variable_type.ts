import { z } from "zod";

/**
 * What a flow's variable holds. Every variable is stored as text; the type says how that text is
 * read: a number in decimal notation, `true` or `false`, an ISO 8601 date, or JSON (RFC 8259).
 */
export const VariableType = z.enum(["text", "number", "boolean", "date", "json"]);
export type VariableType = z.infer<typeof VariableType>;
