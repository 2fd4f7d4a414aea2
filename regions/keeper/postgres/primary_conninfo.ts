import { conninfo } from "./conninfo.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import type { StandbySource } from "./server_part.ts";

/** How a standby reaches its primary: half-open connections end within seconds. */
export function primaryConninfo(server: KeptInstallation, source: StandbySource): string {
  return conninfo({
    host: source.host,
    port: source.port,
    user: server.replication?.role ?? server.superuser.name,
    password: server.replication?.password ?? server.superuser.password,
    dbname: "postgres",
    application_name: source.standby,
    connect_timeout: 2,
    keepalives_idle: 2,
    keepalives_interval: 1,
    keepalives_count: 2,
    tcp_user_timeout: 3000,
  });
}
