import { join } from "node:path";
import { conninfo } from "./conninfo.ts";
import { hostRules } from "./host_rules.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { placeFile } from "./place_file.ts";
import { removePath } from "./remove_path.ts";
import type { ServerPart } from "./server_part.ts";
import { slotName } from "./slot_name.ts";

/**
 * Writes what makes a stopped server a primary or a standby. Settings that were altered while it
 * ran, or that came with a copied data folder, are gone after that: above all the standbys that
 * commits wait for.
 */
export async function writePart(server: KeptInstallation, part: ServerPart): Promise<void> {
  const { dataFolder, user } = server;
  const place = (path: string, text: string) => placeFile(dataFolder, path, text, user);
  await place(`${dataFolder}.hba`, hostRules(server));
  await place(join(dataFolder, "postgresql.auto.conf"), autoConf(server, part));
  await removePath(join(dataFolder, "recovery.signal"));
  const signal = join(dataFolder, "standby.signal");
  if (part.role === "standby") await place(signal, "");
  else await removePath(signal);
}

function autoConf(server: KeptInstallation, part: ServerPart): string {
  const settings: Record<string, string> = { synchronous_standby_names: "" };
  if (part.role === "standby") {
    settings.primary_slot_name = slotName(part.source.standby);
    settings.primary_conninfo = conninfo({
      host: part.source.host,
      port: part.source.port,
      user: server.replication?.role ?? server.superuser.name,
      password: server.replication?.password ?? server.superuser.password,
      dbname: "postgres",
      application_name: part.source.standby,
      connect_timeout: 2,
      keepalives_idle: 2,
      keepalives_interval: 1,
      keepalives_count: 2,
      tcp_user_timeout: 3000,
    });
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'\n`)
    .join("");
}
