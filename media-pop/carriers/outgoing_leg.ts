import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { Trunk } from "../../protocol/topology/pop_configuration.ts";
import type { EndCauseName } from "../calls/call_action.ts";
import type { BLeg, CalledEvents, CalledLeg, MediaLeg } from "../calls/media_leg.ts";
import type { CallEnding } from "../sip/dialog/call_ending.ts";
import type { OutgoingCall } from "../sip/dialog/outgoing_call.ts";
import { advertisedAddress } from "../sip/transport/advertised_address.ts";
import { outgoingTrunks } from "../trunks/outgoing_trunks.ts";
import type { CarrierMediaLeg } from "./accept_invite.ts";
import { answerReinvite } from "./answer_reinvite.ts";
import { dialOutcome } from "./dial_outcome.ts";
import type { DialParts } from "./dial_parts.ts";
import { type DialTarget, dialTargets } from "./dial_targets.ts";
import type { DialWanted } from "./dial_wanted.ts";
import { presentedCaller } from "./presented_caller.ts";
import { byeReason } from "./reasons.ts";

/** How long a destination may take to its first word, 100 included, in milliseconds. */
const UNHEARD = 4_000;
/** A bound on ringing above every `ringSeconds`, which the call machine keeps. */
const RINGING = 125_000;

/** What one INVITE came to; `elsewhere`: the next destination may do better. */
interface Attempt {
  cause: EndCauseName;
  status: number | null;
  elsewhere: boolean;
}

/**
 * A number that is called, as a B leg or as the A leg of a call of ours: one INVITE after the other until a destination answers or refuses
 * for good. Counts on its trunk for as long as it is tried there or talked over it.
 */
export class OutgoingLeg implements BLeg, CalledLeg {
  readonly #wanted: DialWanted;
  readonly #events: CalledEvents;
  readonly #parts: DialParts;
  #opening: Promise<CarrierMediaLeg> | undefined;
  #media: CarrierMediaLeg | undefined;
  #call: OutgoingCall | undefined;
  #early = false;
  #held = false;
  #closed = false;
  /** Why we hang up ourselves. */
  #fault: EndCauseName | undefined;

  constructor(wanted: DialWanted, events: CalledEvents, parts: DialParts) {
    this.#wanted = wanted;
    this.#events = events;
    this.#parts = parts;
    parts.counters.add("antiphon_dials_total");
    queueMicrotask(() => void this.#run());
  }

  /** The media engine's leg, once there is one. */
  get audio(): unknown {
    return this.#media?.audio;
  }

  get media(): MediaLeg | undefined {
    return this.#media;
  }

  /** Withdraws or hangs up, and counts. Idempotent but for the figures. */
  async close(cause: EndCauseName): Promise<LegMedia | null> {
    if (!this.#closed) this.#count(cause);
    this.#closed = true;
    this.#call?.hangUp({ reasons: [byeReason(cause)] });
    const opening = this.#opening;
    this.#opening = undefined;
    const media = await opening?.catch(() => null);
    return await media?.close() ?? null;
  }

  async #run(): Promise<void> {
    const { log } = this.#parts;
    const { callId, legId, maxForwards } = this.#wanted;
    try {
      if (maxForwards < 1) return this.#over("unreachable", 483);
      const last = await this.#tryAll();
      if (last) this.#over(last.cause, last.status);
    } catch (error) {
      log.error("leg.dial_failed", { callId, legId, error });
      this.#over("failure", null);
    }
  }

  /** The attempt that settled it; null once closed. */
  async #tryAll(): Promise<Attempt | null> {
    const { directory, usage, now } = this.#parts;
    let last: Attempt = { cause: "unreachable", status: null, elsewhere: true };
    for (const trunk of outgoingTrunks(directory(), this.#wanted.tenantId)) {
      if (this.#closed) return null;
      const full = usage.start(trunk, now());
      if (full) {
        last = this.#missed(trunk, 503, full);
        continue;
      }
      try {
        for await (const target of this.#targets(trunk)) {
          last = target ? await this.#attempt(trunk, target) : this.#missed(trunk, null, "address");
          if (this.#closed) return null;
          if (!last.elsewhere) return last;
        }
      } finally {
        usage.end(trunk.id);
      }
    }
    return this.#closed ? null : last;
  }

  /** The targets of a trunk; null for a destination that has none. */
  async *#targets(trunk: Trunk): AsyncGenerator<DialTarget | null> {
    const { sip, resolve, log } = this.#parts;
    for (const destination of trunk.destinations) {
      const found = await dialTargets(
        destination,
        sip.listeners,
        this.#wanted.hostname,
        resolve,
      ).catch((error) => {
        log.warn("leg.destination_unknown", { trunkId: trunk.id, host: destination.host, error });
        return [];
      });
      if (found.length === 0) yield null;
      yield* found;
    }
  }

  #missed(trunk: Trunk, status: number | null, why: string): Attempt {
    const { callId, legId } = this.#wanted;
    this.#parts.log.warn("leg.trunk_missed", { callId, legId, trunkId: trunk.id, why });
    return { cause: "unreachable", status, elsewhere: true };
  }

  async #attempt(trunk: Trunk, target: DialTarget): Promise<Attempt> {
    const { log } = this.#parts;
    const { callId, legId } = this.#wanted;
    const { address, port, listener } = target;
    const media = await this.#open(listener.hostname);
    if (this.#closed) return { cause: "failure", status: null, elsewhere: false };
    const { transport } = listener;
    log.info("leg.dialled", { callId, legId, trunkId: trunk.id, address, port, transport });
    const { promise, resolve } = Promise.withResolvers<Attempt>();
    let rang = false;
    let answered = false;
    const call = this.#invite(target, media.description);
    this.#call = call;
    call.setDeadline(UNHEARD);
    call.onTrying = () => call.setDeadline(RINGING);
    call.onProgress = ({ sdp }) => {
      if (!rang) this.#events.ringing?.();
      rang = true;
      if (this.#early || sdp === undefined || !media.answered(sdp)) return;
      this.#early = true;
      this.#events.early();
    };
    call.onAnswered = (sdp) => {
      answered = true;
      if (sdp === undefined || !media.answered(sdp)) return this.#giveUp("failure");
      this.#events.answered(media.codec);
    };
    call.onReinvite = (reinvite) => {
      const changed = media.renegotiate(reinvite.sdp ?? null);
      this.#held = changed?.held ?? this.#held;
      answerReinvite(reinvite, changed);
    };
    call.onAck = (sdp) => {
      if (!media.acknowledged(sdp)) this.#giveUp("failure");
    };
    call.onEnded = (ending) => {
      this.#call = undefined;
      resolve(answered ? this.#hungUp(ending) : this.#refused(ending, rang));
    };
    const attempt = await promise;
    const { cause, status } = attempt;
    if (!answered) log.info("leg.refused", { callId, legId, trunkId: trunk.id, cause, status });
    return attempt;
  }

  #invite({ listener, address, port }: DialTarget, sdp: string): OutgoingCall {
    const { sip, directory, log } = this.#parts;
    const { callId, legId, number, caller, called, tenantId, maxForwards } = this.#wanted;
    let { callerId } = this.#wanted;
    const isOurs = callerId !== null && directory().tenantOfNumber(callerId)?.id === tenantId;
    if (callerId !== null && !isOurs && callerId !== caller) {
      // Whatever the cell has checked: nobody calls under a stranger's number.
      log.warn("leg.caller_id_refused", { callId, legId });
      callerId = null;
    }
    const host = advertisedAddress(listener).replace(/:\d+$/, "");
    const to = address.includes(":") ? `[${address}]` : address;
    const transport = listener.transport === "tcp" ? ";transport=tcp" : "";
    return sip.invite({
      ...presentedCaller({ callerId, isOurs, caller, called }, host),
      uri: `sip:${number}@${to}:${port};user=phone${transport}`,
      to: `<sip:${number}@${to};user=phone>`,
      ...{ sdp, maxForwards, listener, destination: { address, port } },
    });
  }

  #hungUp({ kind }: CallEnding): Attempt {
    const cause = this.#fault ?? (kind === "remote_bye" ? "agent-hung-up" : "failure");
    return { cause, status: null, elsewhere: false };
  }

  #refused({ kind, status: told }: CallEnding, rang: boolean): Attempt {
    const status = told ?? null;
    // A destination that already spoke to the caller has decided, whatever it says in the end.
    const { cause, elsewhere } = dialOutcome(status ?? 503, rang);
    if (kind === "rejected" || kind === "failed" || kind === "no_answer") {
      return { cause, status, elsewhere: elsewhere && !this.#early };
    }
    return { cause: "failure", status, elsewhere: false };
  }

  /** Our media, opened with the first INVITE and kept for the others. */
  async #open(hostname: string): Promise<CarrierMediaLeg> {
    this.#opening ??= this.#parts.openMedia(hostname, {
      // What a B leg types is relayed to the caller.
      digit: (digit) => this.#events.digit?.(digit),
      timeout: () => {
        if (!this.#held) this.#giveUp("media-timeout");
      },
    });
    return this.#media = await this.#opening;
  }

  #giveUp(cause: EndCauseName): void {
    if (this.#call?.state !== "confirmed") return;
    this.#fault = cause;
    this.#call.hangUp({ reasons: [byeReason(cause)] });
  }

  #over(cause: EndCauseName, status: number | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#count(cause);
    this.#events.ended(cause, status);
  }

  #count(cause: EndCauseName): void {
    this.#parts.counters.add("antiphon_dials_ended_total", { cause });
  }
}
