import type { PostgresBinaries } from "./postgres_binaries.ts";
import type { SystemUser } from "./unprivileged_user.ts";

/** One PostgreSQL server of this machine. */
export interface EmbeddedServer {
  /** Name of its process ("postgres-E39"). */
  name: string;
  binaries: PostgresBinaries;
  /** Absolute. Belongs to `user`. */
  dataFolder: string;
  port: number;
  superuserPassword: string;
  user: SystemUser | undefined;
}

/** The superuser's name in every server. */
export const SUPERUSER = "antiphon_admin";
