/** A running PostgreSQL server in which databases are prepared. */
export interface PreparedServer {
  /** For messages ("postgres-E39-eu-central"). */
  name: string;
  host: string;
  port: number;
  superuser: { name: string; password: string };
}
