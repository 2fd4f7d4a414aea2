import { z } from "zod";

/** Ends the interaction. */
export const HangUpActivity = z.strictObject({ type: z.literal("hang-up") });
export type HangUpActivity = z.infer<typeof HangUpActivity>;
