import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { LinkCommand, LinkCommandResult } from "../link/cell_link.ts";
import type { CallIdentity } from "./call_state.ts";
import { LiveCall, type LiveCallParts } from "./live_call.ts";

/** How long an ended call still answers repeats of its commands, in milliseconds. */
const REMEMBERED = 60_000;

/** What a {@linkcode CallDesk} needs of its surroundings. */
export interface CallDeskOptions {
  publish: (clusterId: string, placed: PlacedCallEvent) => void;
  takeAgent: LiveCallParts["takeAgent"];
  openStream: LiveCallParts["openStream"];
  prepare: LiveCallParts["prepare"];
  record: LiveCallParts["record"];
  /** Called once when a call has ended. */
  onEnded: (identity: CallIdentity) => void;
  log: Logger;
  counters: Counters;
  now?: () => number;
}

/** All calls at the PoP, by id; brings commands to them and their events to their cluster. */
export class CallDesk {
  readonly #options: CallDeskOptions;
  readonly #now: () => number;
  readonly #calls = new Map<string, LiveCall>();
  /** Ended calls in the order they ended, with when to forget them. */
  readonly #forget: { callId: string; at: number }[] = [];
  #live = 0;

  constructor(options: CallDeskOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** How many calls stand. */
  get live(): number {
    return this.#live;
  }

  /** Takes in a new call. */
  open(
    identity: CallIdentity,
    parts: Pick<LiveCallParts, "carrier" | "openMedia" | "dial">,
  ): LiveCall {
    this.#sweep();
    const { publish, takeAgent, openStream, prepare, record, log, counters } = this.#options;
    const { callId, tenantId, clusterId, trunkId } = identity;
    counters.set("antiphon_calls_live", ++this.#live);
    log.info("call.offered", { callId, tenantId, clusterId, trunkId });
    const call = new LiveCall(identity, {
      ...parts,
      takeAgent,
      openStream,
      prepare,
      record,
      log,
      now: this.#now,
      onEvent: (event) => {
        const placed = { tenantId, callId, at: this.#now(), event };
        if (event.type === "call.ended") {
          counters.add("antiphon_calls_ended_total", { cause: event.cause });
          log.info("call.ended", { callId, tenantId, cause: event.cause, media: event.media });
        } else if (event.type !== "call.offered") log.debug(event.type, { callId });
        publish(clusterId, placed);
      },
      onEnded: () => this.#ended(identity),
    });
    this.#calls.set(callId, call);
    return call;
  }

  /** Carries out a cell's command; a call of another cluster or tenant is not there for it. */
  command(clusterId: string, frame: LinkCommand): LinkCommandResult {
    this.#sweep();
    const call = this.#calls.get(frame.callId);
    const { identity } = call ?? {};
    if (!call || identity?.clusterId !== clusterId || identity.tenantId !== frame.tenantId) {
      return { ok: false, code: "call_gone" };
    }
    const { commandId, command } = frame;
    const { ok, code } = call.command({ type: "command", commandId, command });
    return { ok, code };
  }

  /** The calls that stand, of one cluster or all. */
  liveCalls(clusterId?: string): CallIdentity[] {
    return [...this.#calls.values()]
      .filter((call) =>
        !call.ended && (clusterId ?? call.identity.clusterId) === call.identity.clusterId
      )
      .map((call) => call.identity);
  }

  /** Ends every call. */
  shutDown(): void {
    for (const call of this.#calls.values()) call.input({ type: "shut-down" });
  }

  #ended(identity: CallIdentity): void {
    const { counters, onEnded } = this.#options;
    counters.set("antiphon_calls_live", --this.#live);
    this.#forget.push({ callId: identity.callId, at: this.#now() + REMEMBERED });
    onEnded(identity);
  }

  #sweep(): void {
    const now = this.#now();
    while (this.#forget.length > 0 && this.#forget[0].at <= now) {
      this.#calls.delete(this.#forget.shift()!.callId);
    }
  }
}
