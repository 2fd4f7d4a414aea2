import { z } from "zod";

const Fingerprint = z.object({
  algorithm: z.string().max(16),
  value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/),
});

/** What mediasoup-client says at `connect`: who will be the DTLS client. */
export const DtlsParameters = z.object({
  role: z.enum(["auto", "client"]).optional(),
  fingerprints: z.array(Fingerprint).min(1).max(8),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;
