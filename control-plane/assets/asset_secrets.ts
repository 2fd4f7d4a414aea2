import { z } from "zod";

/** Secrets of a digital asset, kept sealed. */
export const AssetSecrets = z.object({ appSecret: z.string(), verifyToken: z.string() });
export type AssetSecrets = z.infer<typeof AssetSecrets>;
