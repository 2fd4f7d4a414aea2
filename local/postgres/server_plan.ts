import type { ProcessPlan } from "../processes/process_plan.ts";
import type { EmbeddedServer } from "./embedded_server.ts";
import { POSTGRES_SETTINGS } from "./postgres_settings.ts";
import { stopLeftOver } from "./stop_left_over.ts";

/** How a server is run: in the foreground, logging to standard error, ended by fast shutdown. */
export function serverPlan(server: EmbeddedServer): ProcessPlan {
  const { binaries, dataFolder, port, user } = server;
  const settings = Object.entries({ ...POSTGRES_SETTINGS, port: String(port) });
  return {
    name: server.name,
    command: binaries.postgres,
    args: ["-D", dataFolder, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    env: { LD_LIBRARY_PATH: binaries.libraries, LC_ALL: "C.UTF-8" },
    cwd: "/",
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    isReady: (line) => line.includes("database system is ready to accept connections"),
    readySeconds: 60,
    stopSignal: "SIGINT",
    stopSeconds: 20,
    prepare: async () => void await stopLeftOver(dataFolder),
  };
}
