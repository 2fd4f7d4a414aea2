import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { StreamEnded } from "../../protocol/pop_link/call_stream.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { PromptItem } from "../../protocol/pop_link/prompt_item.ts";
import type { RecordingOutcome } from "../../protocol/recording/recording.ts";
import type { CallAction, EndCauseName } from "./call_action.ts";
import type { PlayResult } from "./call_input.ts";
import type { CallState, RecordingState } from "./call_state.ts";
import { CALL_TIMES } from "./call_times.ts";
import type { RecordingFigures } from "./recording_figures.ts";

/** What the A leg hears after its B leg was lost, until the cell decides. */
const HOLD: readonly PromptItem[] = [{ type: "library", name: "hold-music" }];
/** Play id of what the PoP plays by itself. */
const OWN_PLAY = "pop:hold";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The next state of a call in the making, with the actions it asks for. */
export class CallDraft {
  readonly state: Mutable<CallState>;
  readonly actions: CallAction[] = [];
  readonly now: number;

  constructor(state: CallState, now: number) {
    this.state = { ...state };
    this.now = now;
  }

  emit(event: CallEvent): void {
    this.actions.push({ type: "event", event });
  }

  /** Plays by a command, or by the PoP itself when `commandId` is null. */
  play(commandId: string | null, items: readonly PromptItem[], loop: boolean): void {
    const playId = commandId ?? OWN_PLAY;
    this.state.playing = { playId, commandId };
    this.actions.push({ type: "media-play", playId, items, loop });
  }

  /** Takes note that what was playing is over. What a collect plays makes no event of its own. */
  playEnded(result: PlayResult): void {
    const { playing, collect } = this.state;
    if (!playing) return;
    this.state.playing = null;
    const beeping = this.message("beep");
    if (beeping && playing.commandId === beeping.commandId) this.beepEnded(beeping, result);
    else if (collect && playing.commandId === collect.commandId) {
      if (result.outcome === "failed") this.#collectFailed(collect.commandId, result.code);
      else if (collect.digits === "") this.awaitDigit(collect.firstDigitMs);
    } else if (playing.commandId !== null) {
      const { commandId } = playing;
      this.emit(
        result.outcome === "failed"
          ? { type: "call.played", commandId, outcome: "failed", code: result.code }
          : { type: "call.played", commandId, outcome: result.outcome },
      );
    }
  }

  /** Stops what plays, if anything does. */
  stopPlay(): void {
    if (!this.state.playing) return;
    this.actions.push({ type: "media-stop" });
    this.playEnded({ outcome: "interrupted" });
  }

  awaitDigit(ms: number): void {
    if (this.state.collect) this.state.collect = { ...this.state.collect, until: this.now + ms };
  }

  /** Ends a collect that is under way; digits that are to be sealed are told once they are. */
  collected(outcome: "complete" | "timeout"): void {
    const { collect } = this.state;
    if (!collect) return;
    if (this.state.playing?.commandId === collect.commandId) {
      this.actions.push({ type: "media-stop" });
      this.state.playing = null;
    }
    this.state.collect = null;
    const { commandId, digits, seal } = collect;
    if (seal === null || digits === "") {
      this.emit({ type: "call.collected", commandId, digits, sealed: null, outcome });
      return;
    }
    const until = this.now + CALL_TIMES.sealing;
    this.state.sealing = [...this.state.sealing, { commandId, outcome, until }];
    this.actions.push({ type: "seal", commandId, digits, key: seal });
  }

  /** Tells a collect's sealed digits, or that they are lost. */
  sealed(commandId: string, sealed: string | null): void {
    const sealing = this.state.sealing.find((one) => one.commandId === commandId);
    if (!sealing) return;
    this.state.sealing = this.state.sealing.filter((one) => one !== sealing);
    if (sealed === null) return this.#collectFailed(commandId, "seal_failed");
    const { outcome } = sealing;
    this.emit({ type: "call.collected", commandId, digits: null, sealed, outcome });
  }

  #collectFailed(commandId: string, code: string): void {
    if (this.state.collect?.commandId === commandId) this.state.collect = null;
    const told = { digits: null, sealed: null, outcome: "failed", code } as const;
    this.emit({ type: "call.collected", commandId, ...told });
  }

  /** The message being left, or about to be. */
  message(phase?: "beep"): RecordingState | undefined {
    return this.state.recordings.find((r) =>
      r.kind === "message" && r.phase !== "closing" && (!phase || r.phase === phase)
    );
  }

  /** The recording of the whole call, until it is closed. */
  wholeCall(): RecordingState | undefined {
    return this.state.recordings.find((r) => r.kind === "call" && r.phase !== "closing");
  }

  addRecording(
    wanted: Pick<
      RecordingState,
      "recordingId" | "commandId" | "kind" | "maxMs" | "silenceMs" | "terminator"
    >,
  ): RecordingState {
    const recording: RecordingState = {
      ...wanted,
      phase: "beep",
      startedAt: this.now,
      until: this.now + CALL_TIMES.prompt,
      paused: false,
      gated: false,
      outcome: null,
    };
    this.state.recordings = [...this.state.recordings, recording];
    return recording;
  }

  /** What is heard before a message is over; without it there is no message. */
  beepEnded(recording: RecordingState, result: PlayResult): void {
    if (result.outcome === "completed") return this.beginRecording(recording);
    const outcome = result.outcome === "failed" ? "failed" : "complete";
    this.endRecording(recording.recordingId, outcome);
  }

  /** The caller does not want to hear what comes before the message. */
  skipBeep(recording: RecordingState): void {
    this.actions.push({ type: "media-stop" });
    this.state.playing = null;
    this.beginRecording(recording);
  }

  /** From now on what is said is recorded. */
  beginRecording({ recordingId, commandId, kind, silenceMs, maxMs }: RecordingState): void {
    const { now } = this;
    this.changeRecording(recordingId, { phase: "recording", startedAt: now, until: now + maxMs });
    this.actions.push({ type: "recording-start", recordingId, kind, silenceMs, commandId });
    this.emit({ type: "recording.changed", recordingId, kind, state: "started" });
  }

  changeRecording(recordingId: string, change: Partial<RecordingState>): void {
    this.state.recordings = this.state.recordings.map((r) =>
      r.recordingId === recordingId ? { ...r, ...change } : r
    );
  }

  /** Ends a recording; it is reported once its file is closed. */
  endRecording(recordingId: string, outcome: RecordingOutcome): void {
    const recording = this.state.recordings.find((r) => r.recordingId === recordingId);
    if (!recording || recording.phase === "closing") return;
    const until = this.now + CALL_TIMES.closing;
    this.changeRecording(recordingId, { phase: "closing", outcome, until });
    if (recording.phase === "beep") {
      if (this.state.playing?.commandId === recording.commandId) {
        this.actions.push({ type: "media-stop" });
        this.state.playing = null;
      }
      const empty = outcome !== "failed";
      return this.recordingClosed(recordingId, { seconds: 0, empty, pauses: [] });
    }
    this.actions.push({ type: "recording-stop", recordingId, outcome });
  }

  /** A recording's file is closed. What is not known of it is told by the clock. */
  recordingClosed(recordingId: string, figures: RecordingFigures | null): void {
    const closed = this.state.recordings.find((r) => r.recordingId === recordingId);
    if (closed?.phase !== "closing") return;
    this.state.recordings = this.state.recordings.filter((r) => r !== closed);
    const { commandId, kind, startedAt, outcome } = closed;
    const { seconds, empty, pauses } = figures ??
      { seconds: (this.now - startedAt) / 1000, empty: false, pauses: [] };
    this.emit({
      type: "call.recorded",
      commandId,
      recordingId,
      kind,
      startedAt,
      seconds,
      outcome: empty && kind === "message" ? "empty" : outcome ?? "failed",
      pauses,
    });
    this.finishIfQuiet();
  }

  /** Keeps what must not be heard out of the recording of the whole call. */
  gateRecordings(): void {
    const recording = this.wholeCall();
    if (!recording) return;
    const { recordingId, kind, paused } = recording;
    const collect = this.state.collect;
    const secret = collect !== null && collect.seal !== null;
    const closed = paused || secret;
    if (closed === recording.gated) return;
    this.changeRecording(recordingId, { gated: closed });
    const lingerMs = this.state.secretDigits ? CALL_TIMES.secretLingers : CALL_TIMES.pauseLingers;
    this.actions.push({ type: "recording-gate", recordingId, closed, lingerMs });
    const state = closed ? "paused" : "resumed";
    this.emit({ type: "recording.changed", recordingId, kind, state });
  }

  /** Makes room for another play, collect, message, stream or B leg. */
  supersede(): void {
    this.collected("timeout");
    const message = this.message();
    if (message) this.endRecording(message.recordingId, "complete");
    this.stopPlay();
    this.endStream({ outcome: "stopped", reason: null, variables: {}, sealed: {} });
  }

  /** Parts the caller from the bot, if there is one. */
  endStream(end: Pick<StreamEnded, "outcome" | "reason" | "variables" | "sealed">): void {
    const { stream } = this.state;
    if (!stream) return;
    const { streamId } = stream;
    this.state.stream = null;
    this.actions.push({ type: "stream-close", streamId });
    this.emit({ type: "stream.ended", streamId, ...end });
  }

  /** Lets the B leg go, if there is one. */
  dropLeg(cause: EndCauseName, sipStatus: number | null = null): void {
    const leg = this.state.bLeg;
    if (!leg) return;
    const { legId } = leg;
    this.state.bLeg = null;
    this.state.leaving = [
      ...this.state.leaving,
      { legId, cause, sipStatus, until: this.now + CALL_TIMES.leaving },
    ];
    this.actions.push({ type: "leg-leave", legId, cause });
  }

  /**
   * Takes note that the B leg is lost. An A leg that heard it hears music, unless the other side
   * said goodbye.
   */
  loseLeg(cause: EndCauseName, sipStatus: number | null = null): void {
    const { bLeg, phase, playing } = this.state;
    const heard = bLeg?.phase === "joined" || bLeg?.phase === "early";
    this.dropLeg(cause, sipStatus);
    const alone = heard && phase === "up" && cause !== "agent-hung-up" && !playing;
    if (alone) this.play(null, HOLD, true);
  }

  /** A B leg is closed and counted. */
  legClosed(legId: string, media: LegMedia | null): void {
    const leg = this.state.leaving.find((l) => l.legId === legId);
    if (!leg) return;
    this.state.leaving = this.state.leaving.filter((l) => l !== leg);
    const { cause, sipStatus } = leg;
    this.emit({ type: "leg.ended", legId, cause, sipStatus, media });
    this.finishIfQuiet();
  }

  /** The A leg is closed and counted. */
  mediaClosed(media: LegMedia | null): void {
    if (!this.state.mediaOpen) return;
    this.state.mediaOpen = false;
    this.state.media = media;
    this.finishIfQuiet();
  }

  /** How the A leg is ended from our side. */
  farewell(): "reject" | "bye" {
    const { phase } = this.state;
    return phase === "up" || phase === "dialling" ? "bye" : "reject";
  }

  /** Ends the call: refuses or hangs up as asked, lets every leg go, and waits for their figures. */
  end(cause: EndCauseName, signal: "reject" | "bye" | "none", status = 480): void {
    if (this.state.phase === "ending" || this.state.phase === "ended") return;
    if (signal === "reject") this.actions.push({ type: "sip-reject", status, cause });
    if (signal === "bye") this.actions.push({ type: "sip-bye", cause });
    this.state.phase = "ending";
    this.state.until = this.now + CALL_TIMES.leaving;
    this.state.endCause = cause;
    this.state.collect = null;
    this.state.playing = null;
    this.state.typed = "";
    this.endStream({ outcome: "stopped", reason: null, variables: {}, sealed: {} });
    this.state.secretDigits = false;
    this.state.sealing = [];
    this.dropLeg(cause);
    for (const { recordingId, kind } of this.state.recordings) {
      this.endRecording(recordingId, kind === "message" ? "hung-up" : "complete");
    }
    if (this.state.mediaOpen) this.actions.push({ type: "media-close" });
    else this.finishIfQuiet();
  }

  /** Ends the waiting for figures that never came. */
  finish(): void {
    for (const leg of this.state.leaving) this.legClosed(leg.legId, null);
    for (const { recordingId } of this.state.recordings) this.recordingClosed(recordingId, null);
    this.mediaClosed(null);
  }

  /** Reports the end once nothing is left to count. */
  private finishIfQuiet(): void {
    const { phase, leaving, recordings, endCause, sipStatus, mediaOpen, media } = this.state;
    if (phase !== "ending" || leaving.length > 0 || recordings.length > 0 || mediaOpen) return;
    this.state.phase = "ended";
    this.emit({ type: "call.ended", cause: endCause ?? "failure", sipStatus, media });
  }
}
