import { join } from "node:path";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { PreparePrompts } from "../calls/media_leg.ts";
import { AudioCache } from "../media/cache/audio_cache.ts";
import { prepareItems } from "../media/prompts/prepare_items.ts";
import { PromptLibrary } from "../media/prompts/prompt_library.ts";
import { EspeakEngine } from "../media/speech/espeak_engine.ts";
import { Speaker } from "../media/speech/speaker.ts";
import { UploadedAudio, type UploadedAudioOptions } from "../media/uploads/uploaded_audio.ts";

/** Audio kept ready, in bytes: over two hours in memory, eighteen on disk. */
const KEPT = { memory: 64 << 20, disk: 512 << 20 };

/** What {@linkcode openPrompts} needs. */
export interface OpenPromptsOptions extends Pick<UploadedAudioOptions, "urls" | "token" | "log"> {
  /** The PoP's own folder; audio is kept below it. */
  folder: string;
  counters: Counters;
}

/**
 * Opens all that callers hear from flows: the library, speech, and what tenants uploaded. Says in the
 * log which speech engine there is.
 */
export async function openPrompts(options: OpenPromptsOptions): Promise<PreparePrompts> {
  const { folder, log, counters } = options;
  const [library, engine, cache] = await Promise.all([
    PromptLibrary.load(),
    EspeakEngine.find(),
    AudioCache.open(join(folder, "audio"), KEPT, log),
  ]);
  announce(engine, log);
  const timer = (ms: number, run: () => void) => {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  };
  const speaker = new Speaker({ engine, cache, counters, timer });
  const uploads = new UploadedAudio({ ...options, cache });
  return (items, owner, signal) =>
    prepareItems({ library, speaker, uploads }, items, owner, signal);
}

function announce(engine: EspeakEngine | null, log: Logger): void {
  if (!engine) return log.warn("speech.unavailable", { detail: "install espeak-ng to say texts" });
  log.info("speech.ready", { engine: engine.name, languages: engine.languages.length });
}
