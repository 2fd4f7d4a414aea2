import { z } from "zod";
import { DisplayName, Uuid } from "../../protocol/ids/names.ts";

/** What makes a partner. */
export const NewPartner = z.strictObject({ name: DisplayName }).meta({ id: "NewPartner" });

/** A new partner with its credentials, which are shown this once. */
export const CreatedPartner = z.object({
  id: Uuid,
  name: DisplayName,
  clientId: z.string(),
  clientSecret: z.string().meta({ description: "Shown only here: keep it safe" }),
}).meta({ id: "CreatedPartner" });
export type CreatedPartner = z.infer<typeof CreatedPartner>;
