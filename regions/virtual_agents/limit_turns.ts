import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ServiceCall, ServiceHandler } from "../services/service_call.ts";
import { Turnstile } from "../services/turnstile.ts";
import type { TurnAnswer } from "./turn_answer.ts";
import { TurnRequest } from "./turn_request.ts";

/** Turns of one tenant's bots that are asked at a time, and that wait for it. */
export const TURNS_AT_ONCE = { most: 128, waiting: 1024 };

/** What {@linkcode limitTurns} needs of its cell. */
export interface TurnLimitPorts {
  /** Epoch ms. */
  now: () => number;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
}

/**
 * Asks so many turns of a tenant at a time; others wait their turn's own time, in order, and fail
 * after it. A tenant whose bots are slow takes no connections from the others of the cell. O(1).
 */
export function limitTurns(
  service: ServiceHandler,
  { now, timer }: TurnLimitPorts,
): ServiceHandler {
  const turnstile = new Turnstile({ ...TURNS_AT_ONCE, timer });
  return async (call: ServiceCall, signal: AbortSignal) => {
    const { turn, until } = TurnRequest.parse(call.request);
    let leave: () => void;
    try {
      leave = await turnstile.enter(call.tenantId, Math.max(0, until - now()));
    } catch (error) {
      if (!(error instanceof AntiphonError)) throw error;
      return { outcome: "failed", turn, fault: "deadline" } satisfies TurnAnswer;
    }
    try {
      signal.throwIfAborted();
      return await service(call, signal);
    } finally {
      leave();
    }
  };
}
