import type { CallCommand } from "../../../protocol/pop_link/call_command.ts";
import type { CallEvent, EndCause } from "../../../protocol/pop_link/call_event.ts";
import type { Random } from "../random/random.ts";

/** What a caller does. Times in ms. */
export interface CallerHabits {
  /** Digits typed when asked; "" types none. */
  digits: string;
  /** Hangs up after this, unless an agent is there. */
  patienceMs: number;
  /** Hangs up after talking this long; null leaves it to the agent. */
  talkMs: number | null;
}

/** What a {@linkcode SimulatedCall} needs of its PoP. */
export interface CallPorts {
  after: (ms: number, run: () => void) => () => void;
  tell: (event: CallEvent) => void;
  /** Whether the agent's softphone is there; `lost` is called when it goes. */
  takeSoftphone: (agentId: string, legId: string) => boolean;
  ended: () => void;
  random: Random;
}

type Result = { ok: boolean; code: string | null };
const TAKEN: Result = { ok: true, code: null };
const refused = (code: string): Result => ({ ok: false, code });

/** Stands for whoever answers a number. */
const OUTSIDE = "outside";
/** Times of a PoP, in ms. */
const RINGING = 20_000;
const JOINING = 5_000;

/**
 * One call at a PoP and the caller on it: what the PoP's own call machine promises its cell, with
 * people's times. Every command has one result; what came of it is told as events.
 */
export class SimulatedCall {
  phase: "ringing" | "answering" | "dialling" | "up" | "ended" = "ringing";
  agent: { legId: string; agentId: string; joined: boolean } | null = null;
  #playing: { commandId: string | null; cancel: () => void } | null = null;
  #collecting: { commandId: string; cancel: () => void } | null = null;
  #recording: { recordingId: string; commandId: string } | null = null;
  #cancelPatience: () => void;
  #cancelTalk: () => void = () => {};
  readonly #results = new Map<string, Result>();

  constructor(
    readonly id: string,
    readonly tenantId: string,
    readonly habits: CallerHabits,
    readonly ports: CallPorts,
    /** What is known of a call of ours. */
    readonly ours: { number: string; ringSeconds: number } | null = null,
  ) {
    if (ours) {
      this.#cancelPatience = () => {};
      this.phase = "dialling";
      return;
    }
    this.#cancelPatience = ports.after(habits.patienceMs, () => this.#impatient());
    ports.after(RINGING, () => this.phase === "ringing" && this.end("deadline"));
  }

  /** A call of ours rings, and is answered, refused, or not noticed. */
  callOut(): void {
    const { random, tell, after } = this.ports;
    const { ringSeconds } = this.ours!;
    tell({ type: "call.progress", stage: "placed" });
    const ringing = (run: () => void) => () => this.phase === "dialling" && run();
    after(200, ringing(() => tell({ type: "call.progress", stage: "ringing" })));
    const fate = random.unit();
    const soon = random.between(500, ringSeconds * 900);
    if (fate < 0.2) return void after(soon, ringing(() => this.end("busy", 486)));
    if (fate < 0.35) {
      return void after(ringSeconds * 1000, ringing(() => this.end("no-answer")));
    }
    after(
      soon,
      ringing(() => {
        this.phase = "up";
        tell({ type: "call.answered", codec: "PCMA" });
        if (this.agent?.joined) return this.#talk();
        this.#cancelPatience = after(this.habits.patienceMs, () => this.#impatient());
      }),
    );
  }

  /** Carries a command out once; a repeat has the same result. */
  command(commandId: string, command: CallCommand): { result: Result; repeat: boolean } {
    const known = this.#results.get(commandId);
    if (known) return { result: known, repeat: true };
    const result = this.#apply(commandId, command);
    this.#results.set(commandId, result);
    return { result, repeat: false };
  }

  /** The softphone of the agent who is on this call has gone. */
  softphoneLost(agentId: string): void {
    if (this.agent?.agentId === agentId) this.#dropAgent("agent-lost");
  }

  end(cause: EndCause, sipStatus: number | null = null): void {
    if (this.phase === "ended") return;
    this.#quiet();
    this.#cancelPatience();
    this.#recorded();
    this.phase = "ended";
    if (this.agent) {
      const { legId } = this.agent;
      this.agent = null;
      this.ports.tell({ type: "leg.ended", legId, cause, sipStatus: null, media: null });
    }
    this.ports.tell({ type: "call.ended", cause, sipStatus, media: null });
    this.ports.ended();
  }

  #apply(commandId: string, command: CallCommand): Result {
    if (this.phase === "ended") return refused("call_gone");
    switch (command.type) {
      case "hang-up":
        this.end(command.cause);
        return TAKEN;
      case "answer":
        if (this.phase === "ringing") this.#answer();
        return TAKEN;
      case "leave":
        if (this.agent?.legId === command.legId) this.#dropAgent(command.cause);
        return TAKEN;
    }
    if (command.type === "originate") return TAKEN;
    if (command.type === "join" && this.phase === "dialling") {
      return this.#join(command.legId, command.agentId);
    }
    if (this.phase !== "up") return refused("state_not_allowed");
    switch (command.type) {
      case "play":
        if (this.agent?.joined) return refused("state_not_allowed");
        this.#supersede();
        this.#play(commandId, command.loop);
        return TAKEN;
      case "stop-play":
        this.#stopPlay();
        return TAKEN;
      case "collect":
        if (this.agent?.joined) return refused("state_not_allowed");
        this.#supersede();
        this.#collect(commandId, command.firstDigitMs);
        return TAKEN;
      case "join":
        return this.#join(command.legId, command.agentId);
      case "record":
        return this.#record(commandId, command);
      case "dial":
        return this.#dial(command.legId, command.ringSeconds);
      default:
        return refused("frame_invalid");
    }
  }

  #record(
    commandId: string,
    { action, recordingId }: Extract<CallCommand, { type: "record" }>,
  ): Result {
    const running = this.#recording;
    if (action === "start") {
      if (running) {
        return running.recordingId === recordingId ? TAKEN : refused("state_not_allowed");
      }
      this.#recording = { recordingId, commandId };
      this.ports.tell({ type: "recording.changed", recordingId, kind: "call", state: "started" });
      return TAKEN;
    }
    if (running?.recordingId !== recordingId) return refused("unknown_entity");
    if (action === "stop") this.#recorded();
    return TAKEN;
  }

  #recorded(): void {
    if (!this.#recording) return;
    const told = { ...this.#recording, kind: "call", outcome: "complete" } as const;
    this.#recording = null;
    this.ports.tell({ type: "call.recorded", ...told, startedAt: 0, seconds: 1, pauses: [] });
  }

  #answer(): void {
    this.phase = "answering";
    this.ports.after(this.ports.random.between(20, 200), () => {
      if (this.phase !== "answering") return;
      this.phase = "up";
      this.ports.tell({ type: "call.answered", codec: "PCMU" });
    });
  }

  #play(commandId: string, loop: boolean): void {
    const done = () => {
      this.#playing = null;
      this.ports.tell({ type: "call.played", commandId, outcome: "completed" });
    };
    const ms = this.ports.random.between(1_000, 6_000);
    this.#playing = { commandId, cancel: loop ? () => {} : this.ports.after(ms, done) };
  }

  #collect(commandId: string, firstDigitMs: number): void {
    const { digits } = this.habits;
    const ms = digits === "" ? firstDigitMs + 3_000 : this.ports.random.between(500, 4_000);
    const cancel = this.ports.after(ms, () => this.#collected(digits));
    this.#collecting = { commandId, cancel };
  }

  #collected(digits: string): void {
    if (!this.#collecting) return;
    const { commandId, cancel } = this.#collecting;
    cancel();
    this.#collecting = null;
    const outcome = digits === "" ? "timeout" : "complete";
    this.ports.tell({ type: "call.collected", commandId, digits, sealed: null, outcome });
  }

  #stopPlay(): void {
    if (!this.#playing) return;
    const { commandId, cancel } = this.#playing;
    cancel();
    this.#playing = null;
    if (commandId) this.ports.tell({ type: "call.played", commandId, outcome: "interrupted" });
  }

  #supersede(): void {
    this.#collected("");
    this.#stopPlay();
  }

  #join(legId: string, agentId: string): Result {
    if (this.agent) return this.agent.legId === legId ? TAKEN : refused("state_not_allowed");
    this.agent = { legId, agentId, joined: false };
    if (!this.ports.takeSoftphone(agentId, legId)) {
      this.ports.after(1, () => this.agent?.legId === legId && this.#dropAgent("agent-lost"));
      return TAKEN;
    }
    // Now and then a softphone does not come up in time.
    const ms = this.ports.random.chance(0.03) ? JOINING : this.ports.random.between(50, 900);
    this.ports.after(ms, () => {
      if (this.agent?.legId !== legId) return;
      if (this.phase !== "up" && this.phase !== "dialling") return;
      if (ms === JOINING) return this.#dropAgent("agent-lost");
      this.#supersede();
      this.agent.joined = true;
      this.ports.tell({ type: "leg.joined", legId, agentId, codec: "PCMU" });
      this.#cancelPatience();
      if (this.phase === "up") this.#talk();
    });
    return TAKEN;
  }

  /** A number answers soon, late, or not at all. */
  #dial(legId: string, ringSeconds: number): Result {
    if (this.agent) return this.agent.legId === legId ? TAKEN : refused("state_not_allowed");
    this.agent = { legId, agentId: OUTSIDE, joined: false };
    const { random } = this.ports;
    const answers = random.chance(0.6);
    const ms = answers ? random.between(500, ringSeconds * 900) : ringSeconds * 1000;
    this.ports.after(ms, () => {
      if (this.agent?.legId !== legId || this.phase !== "up") return;
      if (!answers) return this.#dropAgent("failure");
      this.#supersede();
      this.agent.joined = true;
      this.ports.tell({ type: "leg.joined", legId, agentId: null, codec: "PCMA" });
      this.#cancelPatience();
      this.#talk();
      this.ports.after(random.between(5_000, 120_000), () => {
        if (this.agent?.legId === legId) this.#dropAgent("agent-hung-up");
      });
    });
    return TAKEN;
  }

  #talk(): void {
    const { talkMs } = this.habits;
    this.#cancelTalk();
    if (talkMs !== null) this.#cancelTalk = this.ports.after(talkMs, () => this.#satisfied());
  }

  #satisfied(): void {
    if (this.agent?.joined) this.end("caller-hung-up");
  }

  #impatient(): void {
    if (this.phase === "ended" || this.agent?.joined) return;
    this.end(this.phase === "up" ? "caller-hung-up" : "caller-cancelled");
  }

  #dropAgent(cause: EndCause): void {
    if (!this.agent) return;
    const { legId, joined } = this.agent;
    this.agent = null;
    this.#cancelTalk();
    const { patienceMs } = this.habits;
    if (joined) {
      this.#cancelPatience = this.ports.after(patienceMs, () => this.#impatient());
      if (cause === "agent-lost") this.#playing = { commandId: null, cancel: () => {} };
    }
    this.ports.tell({ type: "leg.ended", legId, cause, sipStatus: null, media: null });
  }

  #quiet(): void {
    this.#playing?.cancel();
    this.#collecting?.cancel();
    this.#cancelTalk();
    this.#playing = this.#collecting = null;
  }
}
