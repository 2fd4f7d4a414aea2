import { z } from "zod";

/**
 * Has zod parse without making functions from text, which the page's content security policy
 * forbids. Import it before any schema: each settles the question as it is made.
 */
export const jitless = z.config({ jitless: true });
