import { z } from "zod";
import { Problem } from "../errors/problem.ts";
import { Uuid } from "../ids/names.ts";

const id = z.number().int().nonnegative();
const Json = z.record(z.string(), z.unknown());
const DtlsParameters = z.object({
  role: z.enum(["auto", "client", "server"]).optional(),
  fingerprints: z.array(z.object({ algorithm: z.string(), value: z.string().max(256) })).min(1).max(
    8,
  ),
});

/**
 * Frames from a browser's softphone to its PoP, over `GET /softphone` (WebSocket). The first is
 * `hello` within 5 seconds. `data` has the shapes of mediasoup-client 3: `RtpParameters`,
 * `TransportOptions`, `ConsumerOptions`.
 */
export const SoftphoneFrame = z.discriminatedUnion("method", [
  z.object({ id, method: z.literal("hello"), accessToken: z.string().max(4096) }),
  z.object({ id, method: z.literal("router-capabilities") }),
  z.object({ id, method: z.literal("create-transport"), direction: z.enum(["send", "recv"]) }),
  z.object({
    id,
    method: z.literal("connect-transport"),
    transportId: Uuid,
    dtlsParameters: DtlsParameters,
  }),
  z.object({
    id,
    method: z.literal("produce"),
    transportId: Uuid,
    kind: z.literal("audio"),
    rtpParameters: Json,
  }),
  z.object({ id, method: z.literal("consume"), transportId: Uuid, rtpCapabilities: Json }),
  z.object({ id, method: z.literal("pause-producer"), producerId: Uuid }),
  z.object({ id, method: z.literal("resume-producer"), producerId: Uuid }),
  z.object({
    id,
    method: z.literal("send-digits"),
    digits: z.string().regex(/^[0-9*#A-D]{1,32}$/),
  }),
  z.object({ id, method: z.literal("ping") }),
]);
export type SoftphoneFrame = z.infer<typeof SoftphoneFrame>;

/** Frames from a PoP to a softphone: one answer to each request, and what happens meanwhile. */
export const SoftphoneAnswer = z.union([
  z.object({ id, ok: z.literal(true), data: Json }),
  z.object({ id, ok: z.literal(false), problem: Problem }),
  z.object({ event: z.literal("leg-joined"), callId: Uuid, legId: Uuid }),
  z.object({ event: z.literal("leg-left"), callId: Uuid, legId: Uuid }),
  /** The transport was lost (ICE consent or DTLS ended): make new ones. */
  z.object({ event: z.literal("transport-closed"), transportId: Uuid }),
]);
export type SoftphoneAnswer = z.infer<typeof SoftphoneAnswer>;
