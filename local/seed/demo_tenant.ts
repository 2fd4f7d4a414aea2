import { z } from "zod";

/** The demo tenant as it was made, with all that is needed to use it. */
export const DemoTenant = z.object({
  tenantId: z.uuid(),
  slug: z.string(),
  name: z.string(),
  number: z.string(),
  agents: z.array(z.object({ username: z.string(), name: z.string(), password: z.string() })),
  partner: z.object({ clientId: z.string(), clientSecret: z.string() }),
  whatsapp: z.object({
    assetId: z.uuid(),
    phoneNumberId: z.string(),
    webhookPath: z.string(),
    appSecret: z.string(),
    verifyToken: z.string(),
  }),
});
export type DemoTenant = z.infer<typeof DemoTenant>;
