import { join } from "node:path";
import type { EmbeddedServer } from "../embedded_server.ts";
import { postgresHome } from "../postgres_home.ts";
import { unprivilegedUser } from "../unprivileged_user.ts";

/** A server in a temporary folder on a port that was free a moment ago. */
export async function temporaryServer(name = "postgres-test"): Promise<EmbeddedServer> {
  const folder = await Deno.makeTempDir();
  await Deno.chmod(folder, 0o711);
  const user = await unprivilegedUser();
  const home = await postgresHome({ dataFolder: folder, user, installation: "test" });
  const probe = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = probe.addr;
  probe.close();
  return {
    name,
    binaries: home.binaries,
    dataFolder: join(home.folder, name),
    port,
    superuserPassword: "super secret ' password",
    user,
  };
}
