import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { PlatformProcesses } from "./platform_processes.ts";

/** What can be done with processes from outside. */
export type ControlledProcesses = Pick<
  PlatformProcesses,
  "statuses" | "kill" | "start" | "stop" | "renew"
>;

/** How long a path of a socket may be, with its end (Linux unix(7): 108; macOS: 104). */
const MAX_PATH = 103;

/**
 * Lets commands on this machine kill, stop and start the platform's processes, over a socket that
 * only its owner may open.
 * @throws AntiphonError `unavailable` when the path is too long for a socket
 */
export function serveControl(path: string, processes: ControlledProcesses): AsyncDisposable {
  if (new TextEncoder().encode(path).length > MAX_PATH) {
    throw new AntiphonError(
      "unavailable",
      `The path ${path} is too long for a socket: give a shorter folder with --data`,
    );
  }
  removeStale(path);
  const server = Deno.serve({ path, onListen: () => {} }, controlApp(processes).fetch);
  Deno.chmodSync(path, 0o600);
  return {
    [Symbol.asyncDispose]: async () => {
      await server.shutdown();
      removeStale(path);
    },
  };
}

function controlApp(processes: ControlledProcesses): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    const problem = toProblem(error);
    return c.json(problem, problem.status as ContentfulStatusCode);
  });
  app.get("/processes", (c) => c.json(processes.statuses));
  app.post("/processes/:name/:verb{kill|start|stop|renew}", async (c) => {
    const { name, verb } = c.req.param();
    await processes[verb as "kill" | "start" | "stop" | "renew"](name);
    return c.json({});
  });
  return app;
}

function removeStale(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
