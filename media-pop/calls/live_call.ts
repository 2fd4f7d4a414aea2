import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { PromptItem } from "../../protocol/pop_link/prompt_item.ts";
import type { RecordingOutcome } from "../../protocol/recording/recording.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { advanceCall, type CallStep } from "./advance_call.ts";
import type { CallAction, EndCauseName } from "./call_action.ts";
import type { CallInput } from "./call_input.ts";
import type { CallIdentity, CallState, CommandResult } from "./call_state.ts";
import type { CarrierCall } from "./carrier_call.ts";
import type {
  AgentLeg,
  BLeg,
  CalledLeg,
  CallOut,
  CallStream,
  DialNumber,
  MediaLeg,
  MediaLegEvents,
  OpenStream,
  PreparePrompts,
  Renegotiation,
  TakeAgent,
} from "./media_leg.ts";
import { nextDeadline } from "./next_deadline.ts";
import { openCall } from "./open_call.ts";
import { sealDigits } from "./seal_digits.ts";
import type { OpenRecording, RecordLeg } from "./record_leg.ts";

/** What a live call needs of its surroundings. */
export interface LiveCallParts {
  carrier: CarrierCall;
  openMedia: (events: MediaLegEvents) => Promise<MediaLeg>;
  takeAgent: TakeAgent;
  dial: DialNumber;
  /** For a call of ours. */
  callOut?: CallOut;
  openStream: OpenStream;
  prepare: PreparePrompts;
  record: RecordLeg;
  onEvent: (event: CallEvent) => void;
  onEnded: () => void;
  log: Logger;
  now: () => number;
}

/** Runs one call: feeds its machine, carries out the actions, and keeps its one timer. */
export class LiveCall {
  readonly identity: CallIdentity;
  readonly #parts: LiveCallParts;
  readonly #taken = new Map<string, Promise<BLeg>>();
  #state: CallState;
  #media: Promise<MediaLeg> | null = null;
  /** The media once it is open. */
  #leg: MediaLeg | null = null;
  /** The A leg of a call of ours. */
  #called: CalledLeg | null = null;
  /** Ends the making ready of what is no longer to be played. */
  #preparing: AbortController | null = null;
  readonly #bLegs = new Map<string, BLeg>();
  #stream: CallStream | null = null;
  readonly #recordings = new Map<string, OpenRecording>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt: number | null = null;
  readonly #inputs: CallInput[] = [];
  #busy = false;
  #reported = false;

  /** @param step how the call begins, if not by coming in */
  constructor(
    identity: CallIdentity,
    parts: LiveCallParts,
    step: CallStep = openCall(identity, parts.now()),
  ) {
    this.identity = identity;
    this.#parts = parts;
    this.#state = step.state;
    this.#after(step);
  }

  get ended(): boolean {
    return this.#state.phase === "ended";
  }

  /** What the caller types now may be secret and must be kept by nobody. */
  get secretDigits(): boolean {
    return this.#state.secretDigits;
  }

  /** Takes an input; inputs that come while one is worked on wait for it. */
  input(input: CallInput): void {
    this.#inputs.push(input);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) {
        this.#after(advanceCall(this.#state, next, this.#parts.now()));
      }
    } finally {
      this.#busy = false;
    }
    if (!this.ended || this.#reported) return;
    this.#reported = true;
    this.#parts.onEnded();
  }

  /** Carries out a command of the cell. */
  command(input: Extract<CallInput, { type: "command" }>): CommandResult {
    this.input(input);
    const found = this.#state.results.find((r) => r.commandId === input.commandId);
    return found ?? { commandId: input.commandId, ok: false, code: "internal" };
  }

  /** Answers a re-INVITE; null if the call has no media to change or the offer cannot be met. */
  renegotiate(offer: string | null): Renegotiation | null {
    const answered = this.#state.phase === "up" ? this.#leg?.renegotiate(offer) ?? null : null;
    if (answered) this.input({ type: "held", held: answered.held });
    return answered;
  }

  #after(step: CallStep): void {
    this.#state = step.state;
    for (const action of step.actions) {
      try {
        this.#carryOut(action);
      } catch (error) {
        this.#parts.log.error("call.action_failed", {
          callId: this.identity.callId,
          action: action.type,
          error,
        });
      }
    }
    this.#arm();
  }

  #arm(): void {
    const at = nextDeadline(this.#state);
    if (at === this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    if (at === null) return;
    this.#timer = setTimeout(() => {
      this.#timerAt = null;
      this.input({ type: "time" });
    }, Math.max(1, at - this.#parts.now()));
  }

  #carryOut(action: CallAction): void {
    const { carrier, onEvent } = this.#parts;
    switch (action.type) {
      case "result":
        return;
      case "event":
        return onEvent(action.event);
      case "sip-reject":
        return carrier.reject(action.status, action.cause);
      case "sip-answer":
        return carrier.answer(this.#leg!.description);
      case "sip-bye":
        return carrier.bye(action.cause);
      case "media-open":
        return this.#open();
      case "media-play":
        return void this.#play(action.playId, action.items, action.loop);
      case "seal":
        return this.#seal(action);
      case "media-stop":
        return this.#stop();
      case "media-close":
        return void this.#close();
      case "agent-join":
        return this.#join(action.legId, action.agentId);
      case "bridge":
        return this.#leg!.bridge(this.#bLegs.get(action.legId)!);
      case "stream-open":
        return this.#openStream(action.command);
      case "stream-bridge":
        return this.#leg!.bridge(this.#stream!);
      case "stream-digit":
        return this.#stream?.digit(action.digit);
      case "stream-close":
        return this.#closeStream();
      case "number-dial":
        return this.#dial(action);
      case "call-out":
        return this.#callOut(action);
      case "ringback":
        return (this.#bLegs.get(action.legId) as AgentLeg).ringback();
      case "recording-start":
        return this.#record(action);
      case "recording-gate":
        return this.#recordings.get(action.recordingId)?.gate(action.closed, action.lingerMs);
      case "recording-stop":
        return void this.#stopRecording(action.recordingId, action.outcome);
      case "leg-leave":
        return void this.#leave(action.legId, action.cause);
    }
  }

  #open(): void {
    this.#media = this.#parts.openMedia({
      digit: (digit) => this.input({ type: "digit", digit }),
      timeout: () => this.input({ type: "media-timeout" }),
    });
    this.#media.then((leg) => {
      this.#leg = leg;
      this.input({ type: "media-opened", codec: leg.codec });
    }, (error) => {
      this.#parts.log.error("call.media_failed", { callId: this.identity.callId, error });
      this.#media = null;
      this.input({ type: "media-failed" });
    });
  }

  #callOut({ number, callerId }: Extract<CallAction, { type: "call-out" }>): void {
    const called: CalledLeg = this.#parts.callOut!({ number, callerId }, {
      ringing: () => this.input({ type: "called-ringing" }),
      early: () => {
        this.#leg = called.media ?? null;
        this.input({ type: "called-early" });
      },
      answered: (codec) => {
        this.#leg = called.media ?? null;
        this.input({ type: "called-answered", codec });
      },
      digit: (digit) => this.input({ type: "digit", digit }),
      ended: (cause, sipStatus) => this.#calledEnded(cause, sipStatus),
    });
    this.#called = called;
  }

  #calledEnded(cause: EndCauseName, sipStatus: number | null): void {
    if (this.#state.phase === "dialling") {
      return this.input({ type: "called-failed", cause, sipStatus });
    }
    if (cause === "agent-hung-up") return this.input({ type: "caller-hung-up" });
    this.input({ type: cause === "media-timeout" ? "media-timeout" : "signalling-lost" });
  }

  async #play(playId: string, items: readonly PromptItem[], loop: boolean): Promise<void> {
    this.#preparing?.abort();
    const { signal } = this.#preparing = new AbortController();
    try {
      const prompts = await this.#parts.prepare(items, this.identity, signal);
      if (signal.aborted) return;
      const done = () => this.input({ type: "played", playId, outcome: "completed" });
      this.#leg!.play(prompts, loop, done);
    } catch (error) {
      if (signal.aborted) return;
      const code = error instanceof AntiphonError ? error.code : "internal";
      this.#parts.log.warn("call.play_failed", { callId: this.identity.callId, code, error });
      this.input({ type: "played", playId, outcome: "failed", code });
    }
  }

  #stop(): void {
    this.#preparing?.abort();
    this.#leg?.stop();
  }

  #seal({ commandId, digits, key }: Extract<CallAction, { type: "seal" }>): void {
    sealDigits(digits, key).then(
      (jwe) => this.input({ type: "sealed", commandId, jwe }),
      (error) => {
        this.#parts.log.error("call.seal_failed", { callId: this.identity.callId, error });
        this.input({ type: "sealed", commandId, jwe: null });
      },
    );
  }

  async #close(): Promise<void> {
    this.#preparing?.abort();
    const media = this.#media;
    this.#media = null;
    try {
      const figures = this.#called
        ? await this.#called.close(this.#state.endCause ?? "failure")
        : await (await media)?.close() ?? null;
      this.input({ type: "media-closed", media: figures });
    } catch (error) {
      this.#parts.log.error("call.media_close_failed", { callId: this.identity.callId, error });
      this.input({ type: "media-closed", media: null });
    }
  }

  #join(legId: string, agentId: string): void {
    const { callId, tenantId } = this.identity;
    const cause = "agent-lost";
    const lost = () => this.input({ type: "leg-lost", legId, cause, sipStatus: null });
    const taken = this.#parts.takeAgent({ tenantId, agentId, callId, legId }, lost);
    this.#taken.set(legId, taken);
    taken.then((leg) => {
      this.#bLegs.set(legId, leg);
      this.input({ type: "leg-joined", legId, codec: leg.codec });
    }, (error) => {
      this.#parts.log.info("call.agent_not_reached", { callId, legId, error });
      lost();
    });
  }

  #dial({ legId, number, callerId }: Extract<CallAction, { type: "number-dial" }>): void {
    const leg = this.#parts.dial({ legId, number, callerId }, {
      early: () => this.input({ type: "leg-early", legId }),
      answered: (codec) => this.input({ type: "leg-joined", legId, codec }),
      ended: (cause, sipStatus) => this.input({ type: "leg-lost", legId, cause, sipStatus }),
    });
    this.#taken.set(legId, Promise.resolve(leg));
    this.#bLegs.set(legId, leg);
  }

  #openStream(command: Extract<CallAction, { type: "stream-open" }>["command"]): void {
    const { callId, tenantId, from, to } = this.identity;
    const { streamId } = command;
    this.#stream = this.#parts.openStream(
      { callId, tenantId, from, to, command },
      (news) => this.input({ ...news, streamId }),
    );
  }

  #closeStream(): void {
    const stream = this.#stream;
    this.#stream = null;
    stream?.close();
  }

  #record(action: Extract<CallAction, { type: "recording-start" }>): void {
    const { type: _, ...wanted } = action;
    const { recordingId } = wanted;
    const ended = (outcome: "silence" | "failed") =>
      this.input({ type: "recording-ended", recordingId, outcome });
    try {
      const call = this.identity;
      this.#recordings.set(
        recordingId,
        this.#parts.record({ call, ...wanted }, this.#leg!, ended),
      );
    } catch (error) {
      const { callId } = this.identity;
      this.#parts.log.warn("recording.refused", { callId, recordingId, error });
      ended("failed");
    }
  }

  async #stopRecording(recordingId: string, outcome: RecordingOutcome): Promise<void> {
    const open = this.#recordings.get(recordingId);
    this.#recordings.delete(recordingId);
    const figures = await open?.close(outcome) ?? { seconds: 0, empty: false, pauses: [] };
    this.input({ type: "recording-closed", recordingId, figures });
  }

  async #leave(legId: string, cause: EndCauseName): Promise<void> {
    const taken = this.#taken.get(legId);
    this.#taken.delete(legId);
    this.#bLegs.delete(legId);
    try {
      const media = await (await taken)?.close(cause) ?? null;
      this.input({ type: "leg-closed", legId, media });
    } catch {
      // Never reached, as `#join` has logged: there is nothing to count.
      this.input({ type: "leg-closed", legId, media: null });
    }
  }
}
