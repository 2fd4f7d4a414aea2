import { z } from "zod";

const Codec = z.object({
  mimeType: z.string().regex(/^audio\/pcm[ua]$/i, "Only audio/PCMU and audio/PCMA are taken"),
  payloadType: z.union([z.literal(0), z.literal(8)]),
  clockRate: z.literal(8000),
});
const Extension = z.object({ uri: z.string().max(200), id: z.int().min(1).max(14) });

/** What mediasoup-client says at `produce`, as far as it is used. */
export const ProduceParameters = z.object({
  kind: z.literal("audio"),
  rtpParameters: z.object({
    codecs: z.array(Codec).min(1).max(1),
    headerExtensions: z.array(Extension).max(16).default([]),
    encodings: z.array(z.object({ ssrc: z.int().min(0).max(0xffffffff) })).min(1).max(1),
  }),
});
export type ProduceParameters = z.infer<typeof ProduceParameters>;
