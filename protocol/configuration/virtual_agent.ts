import { z } from "zod";
import { Named } from "./named.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An address of `secure`, or of its plain sister on this very machine only. */
function address(secure: "https:" | "wss:", plain: "http:" | "ws:") {
  return z.url().max(2048).refine((text) => {
    const url = URL.parse(text);
    if (!url) return false;
    const { protocol, hostname, username, password, hash } = url;
    if (username !== "" || password !== "" || hash !== "") return false;
    return protocol === secure || (protocol === plain && LOOPBACK.test(hostname));
  }, `an ${secure}// address without credentials or fragment`);
}

/** Seconds, each with its end: what lasts longer escalates. */
const deadlines = {
  /** From the call or contact's coming to the bot's first answer, or first audio. */
  firstAnswerSeconds: z.number().min(0.5).max(60).default(10),
  /** Of each later turn; of a stream, how long its socket may be silent altogether. */
  turnSeconds: z.number().min(0.5).max(60).default(10),
  /** Of the whole dialogue. */
  wholeSeconds: z.number().int().min(5).max(7200).default(900),
};

const common = {
  /** Write-only. "whsec_" and 24 to 64 random bytes in base64 (Standard Webhooks 1.0). */
  secret: z.string().regex(
    /^whsec_(?=.{32,88}$)(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    '"whsec_" and 24 to 64 bytes in base64',
  ).optional(),
  /** BCP 47 tags of what it speaks; none for any. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)).max(50).default([]),
  /** Flows may act through it. An administrator says so, having looked at whose service it is. */
  authorised: z.boolean().default(false),
  /** Variables marked sensitive may be handed to it, in clear. */
  sensitiveVariables: z.boolean().default(false),
};

/** A bot of the tenant's, spoken with turn by turn or by a stream of a call's audio. */
export const VirtualAgent = z.discriminatedUnion("adapter", [
  Named.extend({
    adapter: z.literal("webhook"),
    url: address("https:", "http:"),
    deadlines: z.object(deadlines).prefault({}),
    ...common,
  }),
  Named.extend({
    adapter: z.literal("streaming"),
    url: address("wss:", "ws:"),
    deadlines: z.object({
      /** From the first packet to the accepted upgrade. */
      connectSeconds: z.number().min(0.5).max(15).default(5),
      ...deadlines,
    }).prefault({}),
    /** What its audio is; G.711 µ-law costs nothing to make. */
    audio: z.object({
      encoding: z.enum(["audio/x-mulaw", "audio/x-l16"]).default("audio/x-mulaw"),
      sampleRate: z.union([z.literal(8000), z.literal(16000)]).default(8000),
    }).refine((audio) => audio.encoding === "audio/x-l16" || audio.sampleRate === 8000, {
      message: "µ-law has 8000 samples a second",
      path: ["sampleRate"],
    }).prefault({}),
    ...common,
  }),
]);
export type VirtualAgent = z.infer<typeof VirtualAgent>;
