import { z } from "zod";
import { Uuid } from "../ids/names.ts";
import { SealKey } from "./seal_key.ts";
import { storableText } from "../text/storable_text.ts";

/** Connects the caller's audio to a bot's WebSocket; ends what was playing or collected. */
export const StreamCommand = z.object({
  type: z.literal("stream"),
  streamId: Uuid,
  url: z.string().max(2048),
  /** The value of the Authorization header; short-lived. */
  authorization: z.string().max(4096),
  encoding: z.enum(["audio/x-mulaw", "audio/x-l16"]),
  sampleRate: z.union([z.literal(8000), z.literal(16000)]),
  /** The bot's variables that leave the PoP sealed by this key only. */
  seal: z.object({ key: SealKey, names: z.array(z.string().max(64)).max(50) }).nullable(),
  /** Told in the bot's `start` frame. */
  parameters: z.record(z.string().max(64), z.string().max(4096)),
  /** Until the socket is accepted. */
  connectMs: z.number().int().positive(),
  /** From then to the bot's first audio. */
  firstAudioMs: z.number().int().positive(),
  /** How long nothing at all may come from the socket, pongs included. */
  silentMs: z.number().int().positive(),
  /** From the command to the end. */
  wholeMs: z.number().int().positive(),
});

/** Ends a stream; no error when there is none. */
export const StopStreamCommand = z.object({ type: z.literal("stop-stream"), streamId: Uuid });

/** Why a stream broke off, in one word that reports can count. */
export const StreamFault = z.enum([
  "refused-address",
  "unreachable",
  "refused",
  "redirected",
  "connect-timeout",
  "first-audio-timeout",
  "silent",
  "deadline",
  "closed",
  "broken",
  "invalid-frame",
  "not-reading",
]);
export type StreamFault = z.infer<typeof StreamFault>;

/** Who said something in a transcript. */
export const TranscriptAuthor = z.enum(["contact", "bot"]);
export type TranscriptAuthor = z.infer<typeof TranscriptAuthor>;

/** The bot's socket was accepted, and the caller is connected to it. */
export const StreamStarted = z.object({ type: z.literal("stream.started"), streamId: Uuid });

/** Something was said, as the bot understood or said it. Comes in order, before the end. */
export const StreamMessage = z.object({
  type: z.literal("stream.message"),
  streamId: Uuid,
  author: TranscriptAuthor,
  text: z.string().overwrite(storableText).min(1).max(4096),
});

/** A stream is over. Comes once for every `stream` that was taken, before the call's own end. */
export const StreamEnded = z.object({
  type: z.literal("stream.ended"),
  streamId: Uuid,
  /** "stopped": by the cell's own doing. */
  outcome: z.enum(["handled", "escalated", "stopped", "failed"]),
  /** A {@linkcode StreamFault} when it failed, else the bot's own words for an escalation. */
  reason: z.string().overwrite(storableText).max(256).nullable(),
  variables: z.record(z.string().max(64), z.string().overwrite(storableText).max(4096)),
  /** Those that were asked for sealed, as compact JWE. */
  sealed: z.record(z.string().max(64), z.string().max(16_384)).default({}),
});
export type StreamEnded = z.infer<typeof StreamEnded>;
