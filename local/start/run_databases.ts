import { createHash } from "node:crypto";
import { join } from "node:path";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import { CLUSTERS } from "../layout/clusters.ts";
import { DATABASES, subscriberRole } from "../layout/room_plans.ts";
import type { EmbeddedServer } from "../postgres/embedded_server.ts";
import { initDataFolder } from "../postgres/init_data_folder.ts";
import { type PostgresHome, postgresHome } from "../postgres/postgres_home.ts";
import { preparePublisher } from "../postgres/prepare_publisher.ts";
import { prepareSubscriber } from "../postgres/prepare_subscriber.ts";
import { serverPlan } from "../postgres/server_plan.ts";
import { unprivilegedUser } from "../postgres/unprivileged_user.ts";
import type { Supervisor } from "../processes/supervisor.ts";

type ServerId = "control-plane" | "E39" | "C14";

/** Starts the three servers at once. Each promise settles when its databases can be used. */
export async function runDatabases(
  layout: PlatformLayout,
  supervisor: Supervisor,
  say: (line: string) => void,
): Promise<(id: ServerId) => Promise<void>> {
  const user = await unprivilegedUser();
  const home = await postgresHome({
    dataFolder: layout.folders.data,
    user,
    installation: createHash("sha256").update(layout.secrets.operator.clientSecret).digest("hex"),
  });
  if (home.moved) say(home.moved);
  const ready = Object.fromEntries(
    (["control-plane", "E39", "C14"] as const).map((id) => {
      const server = serverOf(layout, home, user, id);
      return [id, runDatabase(layout, supervisor, server, id)];
    }),
  );
  // Whoever needs a server awaits it and hears of its failure there.
  for (const promise of Object.values(ready)) promise.catch(() => {});
  return (id) => ready[id];
}

async function runDatabase(
  layout: PlatformLayout,
  supervisor: Supervisor,
  server: EmbeddedServer,
  id: ServerId,
): Promise<void> {
  const { secrets } = layout;
  await initDataFolder(server);
  await supervisor.run(serverPlan(server));
  const password = secrets.owner[id];
  if (id !== "control-plane") {
    return await prepareSubscriber(server, { name: DATABASES.cell, password });
  }
  const subscribers = CLUSTERS.map((cluster) => ({
    name: subscriberRole(cluster.id),
    password: secrets.subscriber[cluster.id],
  }));
  await preparePublisher(server, { name: DATABASES[id], password }, subscribers);
}

function serverOf(
  layout: PlatformLayout,
  home: PostgresHome,
  user: EmbeddedServer["user"],
  id: ServerId,
): EmbeddedServer {
  return {
    name: `postgres-${id}`,
    binaries: home.binaries,
    dataFolder: join(home.folder, id),
    port: layout.ports.postgres[id],
    superuserPassword: layout.secrets.superuser[id],
    user,
  };
}
