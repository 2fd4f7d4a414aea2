import type { RoomPrograms } from "../layout/rooms.ts";
import type { SiteOptions } from "../layout/site_plans.ts";
import type { Placement } from "../layout/sites.ts";
import type { DemoOptions } from "../seed/demo_options.ts";

/** How to start the platform on this machine. */
export interface PlatformOptions {
  /** The control plane's port; the others follow from it. 7000 by default. */
  portBase?: number;
  /** Where data, secrets and logs are kept. `.antiphon` by default. */
  dataFolder?: string;
  /** Whether clusters have standbys. True by default. */
  standby?: boolean;
  /** Sites with addresses, or commands to run things there, of their own. */
  sites?: SiteOptions;
  /** What stands elsewhere than usual: PoPs in their regions, the rest at `control`. */
  placement?: Partial<Placement>;
  /** Keepers' times that differ, in milliseconds, by their names in the keeper's file. */
  keeperTimes?: Readonly<Record<string, number>>;
  /** The demo tenant; false for none. */
  seed?: DemoOptions | false;
  /** Whether processes that end by themselves are started again. True by default. */
  autoRestart?: boolean;
  /** Whether to serve the console page. True by default. */
  console?: boolean;
  /** More SIP addresses for Frankfurt ("udp:10.203.0.1:5060"). */
  extraSip?: readonly string[];
  /** More networks from which databases may be reached, where sites have their own ("10.0.0.0/8"). */
  networks?: readonly string[];
  /** `host:port` of local stand-ins that cells may call. */
  egressAllow?: readonly string[];
  logLevel?: "debug" | "info" | "warn" | "error";
  /** Told what goes on, in words. */
  say?: (line: string) => void;
  /** Ends the start; everything that runs by then is stopped. */
  signal?: AbortSignal;
  /** Programs to run instead of the rooms', for tests of the start itself. */
  programs?: RoomPrograms;
}
