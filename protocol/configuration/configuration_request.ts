import { z } from "zod";
import { StrandResolution } from "./configuration_plan.ts";
import { TenantConfiguration } from "./tenant_configuration.ts";

/** A document that is to be planned or applied, with what goes with it. */
export const ConfigurationRequest = StrandResolution.extend({
  document: TenantConfiguration,
  /** The revision that the document was planned against; instead of `If-Match`. */
  plannedAgainst: z.number().int().nonnegative().optional(),
});
export type ConfigurationRequest = z.infer<typeof ConfigurationRequest>;
