import { z } from "zod";

/**
 * Body of a member's `GET /leader`, the same as of `GET /patroni` (Patroni REST API): how its server
 * stands. The status says whether it leads. `role` is "master" before Patroni 4.
 */
export const PatroniMember = z.object({
  /** "unknown" while Patroni cannot ask its server. */
  state: z.string(),
  role: z.string(),
  timeline: z.number().int().nonnegative().nullish(),
  dcs_last_seen: z.number(),
  failsafe_mode_is_active: z.boolean().default(false),
  tags: z.record(z.string(), z.unknown()).default({}),
}).transform(({ state, role, ...rest }) => ({
  ...rest,
  state,
  /** Its PostgreSQL runs and takes writes. */
  primary: state === "running" && (role === "master" || role === "primary"),
}));
export type PatroniMember = z.infer<typeof PatroniMember>;
