import { type EmbeddedServer, SUPERUSER } from "../embedded_server.ts";
import type { PreparedServer } from "../prepared_server.ts";

/** A test's server as those that prepare databases want it. */
export function prepared(server: EmbeddedServer): PreparedServer {
  return {
    name: server.name,
    host: "127.0.0.1",
    port: server.port,
    superuser: { name: SUPERUSER, password: server.superuserPassword },
  };
}
