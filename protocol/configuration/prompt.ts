import { z } from "zod";
import { LanguageTag } from "../ids/names.ts";
import { Named } from "./named.ts";

/** SHA-256 of µ-law code words, 8 kHz, in hexadecimal. */
export const AudioHash = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in hexadecimal");

/** A prompt's audio in one language. */
export const PromptAudio = z.object({
  /** Null for audio that is played whatever the language. */
  language: LanguageTag.nullable().default(null),
  hash: AudioHash,
  /** How long it is heard. */
  seconds: z.number().nonnegative().max(600),
  /** What it takes to keep, in bytes. */
  bytes: z.number().int().positive().max(4_800_000),
});
export type PromptAudio = z.infer<typeof PromptAudio>;

/** What a tenant uploaded to be played to callers, with audio for one or more languages. */
export const Prompt = Named.extend({ audio: z.array(PromptAudio).min(1).max(50) });
export type Prompt = z.infer<typeof Prompt>;
