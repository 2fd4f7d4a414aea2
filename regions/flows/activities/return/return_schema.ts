import { z } from "zod";

/** Ends a flow that another one called. */
export const ReturnActivity = z.strictObject({ type: z.literal("return") });
export type ReturnActivity = z.infer<typeof ReturnActivity>;
