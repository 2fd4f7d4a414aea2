import type { ErrorCode } from "../../protocol/errors/error_code.ts";
import type { EndCause, PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { LinkCommand, LinkCommandResult } from "../link/cell_link.ts";
import type { CallStep } from "./advance_call.ts";
import type { CallIdentity } from "./call_state.ts";
import { LiveCall, type LiveCallParts } from "./live_call.ts";
import type { BLeg, CalledEvents, CalledLeg } from "./media_leg.ts";
import { originateCall } from "./originate_call.ts";

/** How long an ended call still answers repeats of its commands, in milliseconds. */
const REMEMBERED = 60_000;
/** How long a command to call a number may be under way at most, in milliseconds. */
const LONGEST_WAY = 10 * 60_000;

type Originate = Extract<LinkCommand["command"], { type: "originate" }>;
type CallParts = Pick<LiveCallParts, "carrier" | "openMedia" | "dial" | "callOut">;

/** What a {@linkcode CallDesk} needs of its surroundings. */
export interface CallDeskOptions {
  publish: (clusterId: string, placed: PlacedCallEvent) => void;
  takeAgent: LiveCallParts["takeAgent"];
  /** Calls a number for a call of ours. */
  callOut: (wanted: CallOutWanted, events: CalledEvents) => CalledLeg & BLeg;
  /** Whether a cluster may have a tenant's calls placed here now. */
  mayCallOut: (clusterId: string, tenantId: string) => boolean;
  openStream: LiveCallParts["openStream"];
  prepare: LiveCallParts["prepare"];
  record: LiveCallParts["record"];
  /** Called once when a call has ended. */
  onEnded: (identity: CallIdentity) => void;
  log: Logger;
  counters: Counters;
  now?: () => number;
}

/** A number to be called for a call of ours. */
export interface CallOutWanted {
  callId: string;
  legId: string;
  tenantId: string;
  number: string;
  callerId: string | null;
  /** Who is shown there without a caller id: the party called first. */
  caller: string;
  /** The number that party sees; null if none. */
  called: string | null;
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
  open(identity: CallIdentity, parts: CallParts): LiveCall {
    this.#sweep();
    return this.#add(identity, parts);
  }

  #add(
    identity: CallIdentity,
    parts: CallParts,
    begin?: CallStep,
    notAfter = 0,
  ): LiveCall {
    const { publish, takeAgent, openStream, prepare, record, log, counters } = this.#options;
    const { callId, tenantId, clusterId, trunkId } = identity;
    counters.set("antiphon_calls_live", ++this.#live);
    const how = begin ? "call.originated" : "call.offered";
    log.info(how, { callId, tenantId, clusterId, trunkId });
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
        } else if (event.type === "stream.ended") {
          const { streamId, outcome, reason } = event;
          // A bot's own words for an escalation stay out of logs and labels.
          const fault = outcome === "failed" ? reason ?? "" : "";
          counters.add("antiphon_streams_ended_total", { outcome, fault });
          log.info("stream.ended", { callId, tenantId, streamId, outcome, fault });
        } else if (event.type !== "call.offered") log.debug(event.type, { callId });
        publish(clusterId, placed);
      },
      onEnded: () => this.#ended(identity, notAfter),
    }, begin);
    this.#calls.set(callId, call);
    return call;
  }

  /** Carries out a cell's command; a call of another cluster or tenant is not there for it. */
  command(clusterId: string, frame: LinkCommand): LinkCommandResult {
    this.#sweep();
    let call = this.#calls.get(frame.callId);
    if (!call && frame.command.type === "originate") {
      const refusal = this.#originate(clusterId, frame, frame.command);
      if (refusal) return { ok: false, code: refusal };
      call = this.#calls.get(frame.callId);
    }
    if (!call && frame.command.type === "hang-up") {
      // Who asked for its end is told that it is over.
      this.#tellEnd(clusterId, frame, frame.command.cause);
    }
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

  /** Begins a call of ours; returns why not, having told its end, if it must not begin. */
  #originate(clusterId: string, frame: LinkCommand, command: Originate): ErrorCode | null {
    const { callId, tenantId } = frame;
    const { legId, number, callerId, ringSeconds, notAfter } = command;
    const now = this.#now();
    const late = notAfter < now || notAfter > now + LONGEST_WAY;
    if (late || !this.#options.mayCallOut(clusterId, tenantId)) {
      this.#tellEnd(clusterId, frame, late ? "deadline" : "failure");
      return late ? "deadline_exceeded" : "forbidden";
    }
    const { callOut } = this.#options;
    const from = callerId ?? "anonymous";
    const place = { callId, tenantId, clusterId, legId, trunkId: null };
    const identity = { ...place, from, to: number, transport: "sip-udp" as const };
    this.#add(
      identity,
      {
        // The leg says goodbye when its media is closed.
        carrier: { answer: () => {}, reject: () => {}, bye: () => {} },
        openMedia: () => Promise.reject(new Error("The leg has its media")),
        dial: (wanted, events) =>
          callOut({ ...wanted, callId, tenantId, caller: number, called: callerId }, events),
        callOut: (wanted, events) => {
          const anonymous = { caller: "anonymous", called: null };
          return callOut({ ...wanted, ...anonymous, callId, legId, tenantId }, events);
        },
      },
      originateCall(identity, { callerId, ringSeconds }, now),
      notAfter,
    );
    return null;
  }

  #tellEnd(clusterId: string, { tenantId, callId }: LinkCommand, cause: EndCause): void {
    const event = { type: "call.ended" as const, cause, sipStatus: null, media: null };
    this.#options.publish(clusterId, { tenantId, callId, at: this.#now(), event });
  }

  #ended(identity: CallIdentity, notAfter: number): void {
    const { counters, onEnded } = this.#options;
    counters.set("antiphon_calls_live", --this.#live);
    // A command to call a number finds its call for as long as it may be repeated.
    const at = Math.max(this.#now() + REMEMBERED, notAfter);
    this.#forget.push({ callId: identity.callId, at });
    onEnded(identity);
  }

  #sweep(): void {
    const now = this.#now();
    while (this.#forget.length > 0 && this.#forget[0].at <= now) {
      this.#calls.delete(this.#forget.shift()!.callId);
    }
  }
}
