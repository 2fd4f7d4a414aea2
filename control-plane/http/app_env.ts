import type { Principal } from "../tokens/principal.ts";

/** What middleware leaves for handlers. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** Set on routes of the partner API, behind `partnerAuth`. */
    principal: Principal;
  };
}
