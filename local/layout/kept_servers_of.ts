import { dataFolders } from "../postgres/data_folders.ts";
import type { KeptServer } from "../postgres/kept_servers.ts";
import { CLUSTERS, sitesOf } from "./clusters.ts";
import { serverFolder } from "./keeper_file_of.ts";
import type { PlatformLayout } from "./platform_layout.ts";
import { CONTROL_POSTGRES, postgresName } from "./process_names.ts";

/** The servers that the platform's keepers keep. */
export function keptServersOf(layout: Pick<PlatformLayout, "folders" | "standby">): KeptServer[] {
  const { standby } = layout;
  return [
    {
      name: CONTROL_POSTGRES,
      folders: dataFolders(serverFolder(layout, "control"), "control-plane"),
    },
    ...CLUSTERS.flatMap(({ id }) =>
      sitesOf(id, standby).map((site) => ({
        name: postgresName(id, site),
        folders: dataFolders(serverFolder(layout, standby ? site : "control"), id),
      }))
    ),
  ];
}
