import { join } from "node:path";

/** Where a recording's parts are. */
export interface RecordingPaths {
  folder: string;
  /** Sealed seconds of audio, one behind the other. */
  audio: string;
  /** Its entry, JSON. */
  entry: string;
}

/**
 * Where a recording is kept: by tenant and by the UTC day of its id, which is a UUIDv7
 * (RFC 9562 section 5.7), so that nobody has to search.
 */
export function recordingPaths(
  root: string,
  tenantId: string,
  recordingId: string,
): RecordingPaths {
  const at = parseInt(recordingId.replaceAll("-", "").slice(0, 12), 16);
  const day = new Date(at).toISOString().slice(0, 10);
  const folder = join(root, tenantId, day);
  return {
    folder,
    audio: join(folder, `${recordingId}.audio`),
    entry: join(folder, `${recordingId}.json`),
  };
}
