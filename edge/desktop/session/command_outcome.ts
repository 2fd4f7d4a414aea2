import type { Problem } from "../../../protocol/errors/problem.ts";

/** How a command ended: done, refused by the platform, or not answered in time. */
export type CommandOutcome = { ok: true } | { ok: false; problem: Problem };
