import { LONGEST_SECONDS, TELEPHONE_RATE } from "../../../protocol/audio/sound.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { AudioCache } from "../cache/audio_cache.ts";
import { digestOf } from "../cache/digest_of.ts";
import { keyOf } from "../cache/key_of.ts";
import { readAtMost } from "../speech/read_at_most.ts";

/** How long one cell may take to give a file, in milliseconds. */
const DEADLINE = 5_000;
const MOST_BYTES = LONGEST_SECONDS * TELEPHONE_RATE;

/** Whose audio is wanted, and where it is. */
export interface AudioPlace {
  tenantId: string;
  clusterId: string;
}

/** What {@linkcode UploadedAudio} needs. */
export interface UploadedAudioOptions {
  cache: AudioCache;
  /** HTTP origins where a cluster's cell may answer, best first. */
  urls: (clusterId: string) => readonly string[];
  /** Gives a service token for an audience. */
  token: (audience: string) => Promise<string>;
  log: Logger;
}

/**
 * Audio that tenants uploaded: fetched from the tenant's cell when first needed, checked against its
 * hash, and kept. Calls that want the same wait for one fetch.
 */
export class UploadedAudio {
  readonly #options: UploadedAudioOptions;
  readonly #fetching = new Map<string, Promise<Uint8Array>>();

  constructor(options: UploadedAudioOptions) {
    this.#options = options;
  }

  /**
   * µ-law code words by their SHA-256.
   * @throws AntiphonError `prompt_unavailable` when no cell of the cluster gives them in time
   */
  async get(hash: string, place: AudioPlace): Promise<Uint8Array> {
    const { cache } = this.#options;
    const key = await keyOf("audio", place.tenantId, hash);
    const known = await cache.get(key);
    if (known) return known;
    const fetching = this.#fetching.get(key) ?? this.#fetch(key, hash, place);
    this.#fetching.set(key, fetching);
    return await fetching;
  }

  async #fetch(key: string, hash: string, place: AudioPlace): Promise<Uint8Array> {
    const { cache, urls, log } = this.#options;
    try {
      for (const origin of urls(place.clusterId)) {
        try {
          const codes = await this.#ask(origin, hash, place);
          await cache.put(key, codes, { transient: false });
          return codes;
        } catch (error) {
          log.info("audio.not_fetched", { clusterId: place.clusterId, origin, hash, error });
        }
      }
    } finally {
      this.#fetching.delete(key);
    }
    throw new AntiphonError("prompt_unavailable", "The tenant's cell does not give the audio", {
      data: { hash },
    });
  }

  async #ask(
    origin: string,
    hash: string,
    { tenantId, clusterId }: AudioPlace,
  ): Promise<Uint8Array> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), DEADLINE);
    try {
      const bearer = await this.#options.token(`cell:${clusterId}`);
      const answer = await fetch(new URL(`/internal/tenants/${tenantId}/audio/${hash}`, origin), {
        headers: { authorization: `Bearer ${bearer}` },
        redirect: "error",
        signal: limit.signal,
      });
      if (!answer.ok || !answer.body) {
        await answer.body?.cancel();
        throw new AntiphonError("prompt_unavailable", `The cell answered ${answer.status}`);
      }
      const codes = await readAtMost(answer.body, MOST_BYTES);
      if ((await digestOf(codes)).toHex() === hash) return codes;
      throw new AntiphonError("prompt_unavailable", "The audio does not fit its hash");
    } finally {
      clearTimeout(timer);
    }
  }
}
