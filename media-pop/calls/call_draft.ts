import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { CallAction, EndCauseName } from "./call_action.ts";
import type { CallState } from "./call_state.ts";
import { CALL_TIMES } from "./call_times.ts";

/** What the A leg hears after its B leg was lost, until the cell decides. */
const HOLD_PROMPT = "hold-music";
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
  play(commandId: string | null, prompt: string, loop: boolean): void {
    const playId = commandId ?? OWN_PLAY;
    this.state.playing = { playId, commandId };
    this.actions.push({ type: "media-play", playId, prompt, loop });
  }

  /** Takes note that what was playing is over. A collect's own prompt makes no event. */
  playEnded(outcome: "completed" | "interrupted" | "failed"): void {
    const { playing, collect } = this.state;
    if (!playing) return;
    this.state.playing = null;
    if (collect && playing.commandId === collect.commandId) {
      if (collect.digits === "") this.awaitDigit(collect.firstDigitMs);
    } else if (playing.commandId !== null) {
      this.emit({ type: "call.played", commandId: playing.commandId, outcome });
    }
  }

  /** Stops what plays, if anything does. */
  stopPlay(): void {
    if (!this.state.playing) return;
    this.actions.push({ type: "media-stop" });
    this.playEnded("interrupted");
  }

  awaitDigit(ms: number): void {
    if (this.state.collect) this.state.collect = { ...this.state.collect, until: this.now + ms };
  }

  /** Ends a collect that is under way. */
  collected(outcome: "complete" | "timeout"): void {
    const { collect } = this.state;
    if (!collect) return;
    if (this.state.playing?.commandId === collect.commandId) {
      this.actions.push({ type: "media-stop" });
      this.state.playing = null;
    }
    this.state.collect = null;
    const { commandId, digits } = collect;
    this.emit({ type: "call.collected", commandId, digits, outcome });
  }

  /** Makes room for another play, collect or B leg. */
  supersede(): void {
    this.collected("timeout");
    this.stopPlay();
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
    if (alone) this.play(null, HOLD_PROMPT, true);
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
    this.dropLeg(cause);
    if (this.state.mediaOpen) this.actions.push({ type: "media-close" });
    else this.finishIfQuiet();
  }

  /** Ends the waiting for figures that never came. */
  finish(): void {
    for (const leg of this.state.leaving) this.legClosed(leg.legId, null);
    this.mediaClosed(null);
  }

  /** Reports the end once nothing is left to count. */
  private finishIfQuiet(): void {
    const { phase, leaving, endCause, sipStatus, mediaOpen, media } = this.state;
    if (phase !== "ending" || leaving.length > 0 || mediaOpen) return;
    this.state.phase = "ended";
    this.emit({ type: "call.ended", cause: endCause ?? "failure", sipStatus, media });
  }
}
