/** What one second of a call sounded like to the phone. */
export interface HeardSecond {
  silent: boolean;
  /** The recording of the PoP's library it is part of, if any. */
  recording: string | null;
}

/** Where the caller is, as far as can be heard. */
export type CallStage = "answered" | "ivr" | "queued" | "with-agent";

/** Recordings that mean waiting. */
const MUSIC = /music/;

/**
 * Follows a call by ear. `ivr`: the first sound after the answer that is not music. `queued`: hold
 * music is heard. `with-agent`: after music, somebody sounds who is none of the PoP's recordings.
 * An agent who says nothing cannot be heard, and stays unnoticed until the first sound.
 */
export function nextStage(stage: CallStage, heard: HeardSecond): CallStage {
  if (heard.silent) return stage;
  if (heard.recording !== null && MUSIC.test(heard.recording)) return "queued";
  if (stage === "answered") return "ivr";
  if (stage === "queued" && heard.recording === null) return "with-agent";
  return stage;
}
