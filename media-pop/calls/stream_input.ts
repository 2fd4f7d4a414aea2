import type { CallInput } from "./call_input.ts";

/** What can happen to a stream. */
export type StreamInput = Extract<CallInput, { streamId: string }>;
