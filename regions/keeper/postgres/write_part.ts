import { join } from "node:path";
import { hostRules } from "./host_rules.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { placeFile } from "./place_file.ts";
import { primaryConninfo } from "./primary_conninfo.ts";
import { removePath } from "./remove_path.ts";
import type { ServerPart } from "./server_part.ts";
import { synchronousNames } from "./set_synchronous.ts";
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
  const synchronous = part.role === "primary" ? part.synchronous : null;
  const settings: Record<string, string> = {
    synchronous_standby_names: synchronousNames(synchronous),
  };
  if (part.role === "standby" && part.source) {
    settings.primary_slot_name = slotName(part.source.standby);
    settings.primary_conninfo = primaryConninfo(server, part.source);
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'\n`)
    .join("");
}
