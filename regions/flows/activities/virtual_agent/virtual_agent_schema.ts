import { z } from "zod";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { variable } from "../../fields/variable.ts";

/** Hands the contact to a bot until the bot is done, asks for a person, or fails. */
export const VirtualAgentActivity = z.strictObject({
  type: z.literal("virtual-agent"),
  virtualAgentId: reference("virtual-agent"),
  /** Variables that the bot is told; sensitive ones only if it may see them. */
  passes: z.array(variable("read")).max(50).default([]),
  /** Values that the bot gives back: its own names, and the variables they go into. */
  returns: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/), variable("seal"))
    .refine((map) => Object.keys(map).length <= 50, "at most 50")
    .default({}),
  /** Takes why the bot asked for a person, or what it failed of. */
  reasonVariable: variable("write").optional(),
  /** How long someone who writes may be silent until the bot is told. */
  silenceSeconds: z.number().int().min(10).max(86_400).default(600),
  onHandled: path(),
  onEscalated: path(),
  /** After a bot that failed; `onEscalated` when left out. */
  onError: path().optional(),
});
export type VirtualAgentActivity = z.infer<typeof VirtualAgentActivity>;
