import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { RecordLeg } from "../calls/record_leg.ts";
import type { MediaClock } from "../media/clock/media_clock.ts";
import type { MediaLeg } from "../media/engine/media_leg.ts";
import { Recorder } from "./recorder.ts";
import type { RecordingStore } from "./recording_store.ts";

/** What {@linkcode legRecorder} needs. */
export interface LegRecorderParts {
  /** Null where nothing is recorded. */
  store: RecordingStore | null;
  clock: MediaClock;
  log: Logger;
}

/** Makes what begins recordings of carriers' legs of the media engine. */
export function legRecorder({ store, clock, log }: LegRecorderParts): RecordLeg {
  return (wanted, leg, ended) => {
    if (!store) {
      throw new AntiphonError("unavailable", "Set RECORDING_KEYS to let this PoP record");
    }
    const { call: { callId, tenantId }, recordingId, commandId, kind, silenceMs } = wanted;
    let over = false;
    const tell = (outcome: "silence" | "failed") => {
      if (over) return;
      over = true;
      // Never at once: whoever began it does not have it yet.
      queueMicrotask(() => ended(outcome));
    };
    const startedAt = Math.round(clock.wallClock());
    const writer = store.begin(
      { recordingId, tenantId, callId, commandId, kind, startedAt },
      (error) => {
        log.error("recording.failed", { recordingId, callId, error });
        tell("failed");
      },
    );
    const recorder = new Recorder({
      ...{ kind, silenceMs, writer, clock },
      fellSilent: () => tell("silence"),
      discard: async () => {
        store.ended(recordingId);
        await store.remove(tenantId, recordingId);
      },
    });
    recorder.untap = (leg.audio as MediaLeg).tap(recorder);
    return {
      gate: (closed, lingerMs) => recorder.gate(closed, lingerMs),
      close: async (outcome) => {
        over = true;
        try {
          return await recorder.close(outcome);
        } catch (error) {
          log.error("recording.close_failed", { recordingId, callId, error });
          return { seconds: 0, empty: false, pauses: [] };
        } finally {
          store.ended(recordingId);
        }
      },
    };
  };
}
