/**
 * Sites of the platform on one machine: the two regions that keep data, and the control plane's,
 * which has the third witness. Each has a keeper.
 */
export const SITES = ["eu-central", "us-east", "control"] as const;
export type SiteName = (typeof SITES)[number];

/** Sites that keep clusters' data. */
export type DataSite = Exclude<SiteName, "control">;

/** Where a site's processes listen and how they are run. */
export interface SitePlan {
  /** The IPv4 address that everything of the site listens on. */
  host: string;
  /** Put before each command (`["ip", "netns", "exec", "name"]`). */
  prefix: readonly string[];
}

/** What stands at which site. */
export type Placement = Readonly<Record<"control-plane" | "edge" | "FRA" | "NYC", SiteName>>;
