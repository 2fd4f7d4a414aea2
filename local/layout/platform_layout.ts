import type { Whereabouts } from "./addresses.ts";
import type { Folders } from "./folders.ts";
import type { RoomPrograms } from "./rooms.ts";
import type { Secrets } from "./secrets.ts";
import type { KeyFile } from "./service_keys.ts";

/** All that is decided before anything runs. */
export interface PlatformLayout extends Whereabouts {
  folders: Folders;
  secrets: Secrets;
  /** Key files by service ("cell:E39"). */
  keys: ReadonlyMap<string, KeyFile>;
  deploymentFile: string;
  /** The control plane's public keys, for PoPs and the edge. */
  controlPlaneKeysFile: string;
  /** Whether clusters have standbys. Without, one keeper keeps all servers, each a sole one. */
  standby: boolean;
  /** The keepers' times that are not the usual ones, in milliseconds. */
  keeperTimes: Readonly<Record<string, number>>;
  /** More SIP addresses for Frankfurt ("udp:10.203.0.1:5060"). */
  extraSip: readonly string[];
  /** More networks from which databases may be reached. */
  networks: readonly string[];
  /** `host:port` that cells may call though they are not public. */
  egressAllow: readonly string[];
  logLevel: string;
  programs: RoomPrograms;
}
