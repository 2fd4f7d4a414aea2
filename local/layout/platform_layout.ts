import type { Folders } from "./folders.ts";
import type { PortPlan } from "./port_plan.ts";
import type { RoomPrograms } from "./rooms.ts";
import type { Secrets } from "./secrets.ts";
import type { KeyFile } from "./service_keys.ts";

/** All that is decided before anything runs. */
export interface PlatformLayout {
  folders: Folders;
  ports: PortPlan;
  secrets: Secrets;
  /** Key files by service ("cell:E39"). */
  keys: ReadonlyMap<string, KeyFile>;
  deploymentFile: string;
  /** More SIP addresses for Frankfurt ("udp:10.203.0.1:5060"). */
  extraSip: readonly string[];
  /** `host:port` that cells may call though they are not public. */
  egressAllow: readonly string[];
  logLevel: string;
  programs: RoomPrograms;
}
