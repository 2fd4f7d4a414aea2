import type { PostgresBinaries } from "./postgres_binaries.ts";
import type { SystemUser } from "./unprivileged_user.ts";

/** One PostgreSQL server of this machine: where it lies and how it is run. */
export interface KeptInstallation {
  /** Name of the cluster or of the sole server ("E39", "control-plane"). */
  name: string;
  binaries: PostgresBinaries;
  user: SystemUser | undefined;
  /** Absolute; what is laid beside it (`.log`, `.seed`, …) has its name as a prefix. */
  dataFolder: string;
  /** Where it listens. */
  host: string;
  port: number;
  superuser: { name: string; password: string };
  /** Null for a server that has no standby. */
  replication: { role: string; password: string } | null;
  /** Networks and hosts that may connect besides this machine. */
  networks: readonly string[];
  /** Added to the keeper's own settings. */
  settings: Readonly<Record<string, string>>;
}
