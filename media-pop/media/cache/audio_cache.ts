import { join } from "node:path";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import { digestOf } from "./digest_of.ts";

/** How much an {@linkcode AudioCache} may keep, in bytes. */
export interface AudioCacheLimits {
  memory: number;
  disk: number;
}

const KEY = /^[0-9a-f]{64}$/;
const DIGEST_BYTES = 32;

/**
 * G.711 µ-law audio by key: what was used last in memory, and what may be kept in files of a folder,
 * both bounded, the longest unused going first. A file is written whole or not at all, holds
 * nothing but a digest and code words, and is not believed when its digest does not fit.
 */
export class AudioCache {
  readonly #folder: string;
  readonly #limits: AudioCacheLimits;
  readonly #log: Logger;
  /** In order of last use. */
  readonly #memory = new Map<string, Uint8Array>();
  #memoryBytes = 0;
  /** Sizes of the files, in order of last use. */
  readonly #files = new Map<string, number>();
  #diskBytes = 0;

  private constructor(folder: string, limits: AudioCacheLimits, log: Logger) {
    this.#folder = folder;
    this.#limits = limits;
    this.#log = log;
  }

  /** Opens a folder, which is made if need be, with what an earlier process left there. */
  static async open(folder: string, limits: AudioCacheLimits, log: Logger): Promise<AudioCache> {
    const cache = new AudioCache(folder, limits, log);
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const found: { key: string; size: number; used: number }[] = [];
    for await (const { name } of Deno.readDir(folder)) {
      const path = join(folder, name);
      if (!KEY.test(name)) await cache.#remove(path);
      else {
        const { size, mtime } = await Deno.stat(path);
        found.push({ key: name, size, used: mtime?.getTime() ?? 0 });
      }
    }
    found.sort((a, b) => a.used - b.used);
    for (const { key, size } of found) cache.#files.set(key, size);
    cache.#diskBytes = found.reduce((sum, { size }) => sum + size, 0);
    await cache.#trimDisk();
    return cache;
  }

  /** Bytes kept now. */
  get size(): AudioCacheLimits {
    return { memory: this.#memoryBytes, disk: this.#diskBytes };
  }

  /** The code words of a key; undefined when they are not here. */
  async get(key: string): Promise<Uint8Array | undefined> {
    const known = this.#memory.get(key);
    if (known) {
      this.#memory.delete(key);
      this.#memory.set(key, known);
      return known;
    }
    const size = this.#files.get(key);
    if (size === undefined) return undefined;
    this.#files.delete(key);
    this.#files.set(key, size);
    const codes = await this.#read(key);
    if (codes) this.#remember(key, codes);
    return codes;
  }

  /** Keeps code words: in memory, and on disk too unless they are transient. Never rejects. */
  async put(key: string, codes: Uint8Array, { transient }: { transient: boolean }): Promise<void> {
    this.#remember(key, codes);
    const size = codes.length + DIGEST_BYTES;
    if (transient || this.#files.has(key) || size > this.#limits.disk) return;
    this.#files.set(key, size);
    this.#diskBytes += size;
    try {
      await this.#write(key, codes);
    } catch (error) {
      this.#forgetFile(key);
      this.#log.warn("audio.not_cached", { error });
      return;
    }
    await this.#trimDisk();
  }

  #remember(key: string, codes: Uint8Array): void {
    this.#memoryBytes += codes.length - (this.#memory.get(key)?.length ?? 0);
    this.#memory.delete(key);
    this.#memory.set(key, codes);
    for (const [oldest, { length }] of this.#memory) {
      if (this.#memoryBytes <= this.#limits.memory) return;
      this.#memory.delete(oldest);
      this.#memoryBytes -= length;
    }
  }

  async #read(key: string): Promise<Uint8Array | undefined> {
    const path = join(this.#folder, key);
    try {
      const file = await Deno.readFile(path);
      const codes = file.subarray(DIGEST_BYTES);
      const digest = await digestOf(codes);
      if (file.length >= DIGEST_BYTES && digest.every((byte, i) => byte === file[i])) return codes;
      this.#log.warn("audio.cache_file_broken", {});
    } catch (error) {
      this.#log.warn("audio.cache_unreadable", { error });
    }
    this.#forgetFile(key);
    await this.#remove(path);
    return undefined;
  }

  async #write(key: string, codes: Uint8Array): Promise<void> {
    const draft = join(this.#folder, `${crypto.randomUUID()}.tmp`);
    const bytes = new Uint8Array(DIGEST_BYTES + codes.length);
    bytes.set(await digestOf(codes));
    bytes.set(codes, DIGEST_BYTES);
    try {
      await Deno.writeFile(draft, bytes, { createNew: true, mode: 0o600 });
      await Deno.rename(draft, join(this.#folder, key));
    } catch (error) {
      await this.#remove(draft);
      throw error;
    }
  }

  async #trimDisk(): Promise<void> {
    for (const key of this.#files.keys()) {
      if (this.#diskBytes <= this.#limits.disk) return;
      this.#forgetFile(key);
      await this.#remove(join(this.#folder, key));
    }
  }

  #forgetFile(key: string): void {
    this.#diskBytes -= this.#files.get(key) ?? 0;
    this.#files.delete(key);
  }

  async #remove(path: string): Promise<void> {
    try {
      await Deno.remove(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      this.#log.warn("audio.cache_file_left", { error });
    }
  }
}
