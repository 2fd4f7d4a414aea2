import { z } from "zod";
import { ServiceKey } from "../service_token/service_key.ts";

/**
 * Public keys of the control plane that a PoP or an edge believes, put beside it by its operator
 * (`CONTROL_PLANE_KEYS_FILE`). Two while the control plane changes its key: the new one is added
 * before it is used, and the old one taken out after.
 */
export const PinnedKeys = z.array(ServiceKey.extend({ service: z.literal("control-plane") }))
  .min(1).max(4);
export type PinnedKeys = z.infer<typeof PinnedKeys>;
