import { join } from "node:path";
import { KeeperFile } from "../../../protocol/keeper/keeper_file.ts";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { roomPlan } from "../../layout/room_plan.ts";
import { ROOM_PROGRAMS } from "../../layout/rooms.ts";
import { temporarySupervisor } from "../../processes/testing/temporary_supervisor.ts";
import { dataFolders } from "../data_folders.ts";
import { KeptServers } from "../kept_servers.ts";
import type { PreparedServer } from "../prepared_server.ts";
import { SUPERUSER } from "../superuser.ts";

const HOST = "127.0.0.1";
const PASSWORD = "super secret ' password";

/** A keeper as a process, with two servers that have no standbys. */
export async function keptPair() {
  const { supervisor, folder, remove } = await temporarySupervisor();
  await Deno.chmod(folder, 0o711);
  const { privateKey, publicKey } = await generateServiceKey("keeper:control", "k1");
  const serviceKeyFile = join(folder, "key.json");
  await Deno.writeTextFile(serviceKeyFile, JSON.stringify(privateKey), { mode: 0o600 });
  const dataFolder = join(await Deno.realPath(folder), "postgres");
  const servers = ["a", "b"].map((name): PreparedServer => ({
    ...{ name, host: HOST, port: freePort() },
    superuser: { name: SUPERUSER, password: PASSWORD },
  }));
  const file = KeeperFile.parse({
    site: "control",
    listen: { hostname: HOST, port: 0 },
    ...{ serviceKeyFile, keys: [publicKey], stateDir: join(folder, "state") },
    postgres: { dataFolder, installation: "test" },
    servers: servers.map(({ name, port }) => ({
      ...{ kind: "sole", name, superuser: { password: PASSWORD }, postgres: { host: HOST, port } },
    })),
  });
  const path = join(folder, "keeper.json");
  await Deno.writeTextFile(path, JSON.stringify(file), { mode: 0o600 });
  await supervisor.run(roomPlan("keeper-control", ROOM_PROGRAMS.keeper, { KEEPER_FILE: path }));
  const kept = new KeptServers(
    servers.map(({ name }) => ({ name, folders: dataFolders(dataFolder, name) })),
  );
  return {
    ...{ servers, supervisor, kept },
    [Symbol.asyncDispose]: async () => {
      await supervisor.stopInOrder([["keeper-control"]]);
      await kept.stopLeftOver();
      await remove();
    },
  };
}

function freePort(): number {
  using probe = Deno.listen({ hostname: HOST, port: 0 });
  return probe.addr.port;
}
