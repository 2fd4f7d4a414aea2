import { z } from "zod";
import { DisplayName, Uuid } from "../../protocol/ids/names.ts";

/** What makes a digital asset. Its secrets are write-only. */
export const NewAsset = z.strictObject({
  channel: z.literal("whatsapp"),
  name: DisplayName,
  phoneNumberId: z.string().regex(/^[0-9]{5,20}$/, "5 to 20 digits"),
  appSecret: z.string().min(8).max(256).meta({
    description: "Key of the provider's webhook signatures. Never shown again",
  }),
  verifyToken: z.string().min(1).max(256).meta({
    description: "Echoed when the provider verifies the webhook. Never shown again",
  }),
}).meta({ id: "NewAsset" });
export type NewAsset = z.infer<typeof NewAsset>;

/** A digital asset as partners see it. */
export const Asset = z.object({
  id: Uuid,
  tenantId: Uuid,
  channel: z.literal("whatsapp"),
  name: DisplayName,
  phoneNumberId: z.string(),
  webhookPath: z.string().meta({ description: "Where the provider posts, on the edge's origin" }),
}).meta({ id: "Asset" });
export type Asset = z.infer<typeof Asset>;
