/** The microphone, or why there is none. */
export type MicrophoneOutcome =
  | { ok: true; track: MediaStreamTrack }
  | { ok: false; reason: "refused" | "no-microphone" | "unsupported" };

/** Asks the browser for the microphone. */
export type AcquireMicrophone = () => Promise<MicrophoneOutcome>;

/** Makes the asking function; `devices` is missing in browsers outside a secure context. */
export function microphone(
  devices: Pick<MediaDevices, "getUserMedia"> | undefined,
): AcquireMicrophone {
  return async () => {
    if (!devices) return { ok: false, reason: "unsupported" };
    try {
      const stream = await devices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
      const track = stream.getAudioTracks()[0];
      return track ? { ok: true, track } : { ok: false, reason: "no-microphone" };
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      const refused = name === "NotAllowedError" || name === "SecurityError";
      return { ok: false, reason: refused ? "refused" : "no-microphone" };
    }
  };
}
