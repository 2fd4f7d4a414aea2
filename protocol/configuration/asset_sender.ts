import { z } from "zod";
import { Uuid } from "../ids/names.ts";

/** Where and as whom a cell sends a digital asset's messages. The asset itself is a partner resource. */
export const AssetSender = z.object({
  assetId: Uuid,
  channel: z.literal("whatsapp"),
  phoneNumberId: z.string().regex(/^[0-9]{5,20}$/),
  apiBase: z.url().default("https://graph.facebook.com/v23.0"),
  /** Write-only. */
  accessToken: z.string().min(1).max(1024).optional(),
});
export type AssetSender = z.infer<typeof AssetSender>;
