import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { keeperLease } from "./keeper_lease.ts";
import type { LeaseSource } from "./lease_source.ts";
import { noLease } from "./no_lease.ts";
import { patroniLease } from "./patroni_lease.ts";

/** Whose lease is meant. */
export interface LeaseOwner {
  clusterId: string;
  site: string;
  /** Makes this cell's service token for an audience. */
  token: (audience: string) => Promise<string>;
  /** Milliseconds that never go back and count suspended time: `systemBootClock`. */
  clock: () => number;
}

/**
 * The source that a setting names: `none`, `keeper:<url>` or `patroni:<url>`.
 * @throws AntiphonError `configuration_invalid`
 */
export function leaseSourceOf(setting: string, owner: LeaseOwner): LeaseSource {
  if (setting === "none") return noLease(owner.clusterId, owner.site);
  const [, kind, url] = /^(\w+):(https?:\/\/.+)$/.exec(setting) ?? [];
  if (kind === "keeper") return keeperLease({ ...owner, url });
  if (kind === "patroni") return patroniLease({ ...owner, url });
  throw new AntiphonError("configuration_invalid", `LEASE cannot be "${setting}"`);
}
