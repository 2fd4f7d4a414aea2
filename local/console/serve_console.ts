import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { LocalState } from "../layout/local_state.ts";
import { HOST } from "../layout/host.ts";
import type { Supervisor } from "../processes/supervisor.ts";
import type { ClusterDesk } from "../cluster/cluster_desk.ts";
import { CallDesk } from "./call_desk.ts";
import { ClusterBoard } from "./cluster_board.ts";
import { consoleApp } from "./console_app.ts";
import { EventHub } from "./event_hub.ts";
import { memoryOf } from "./memory_of.ts";
import { MessageDesk } from "./message_desk.ts";

/** What {@linkcode serveConsole} shows. */
export interface ConsoleOptions {
  state: LocalState;
  supervisor: Pick<Supervisor, "statuses" | "watch" | "kill" | "start">;
  /** Undefined where clusters have no standbys. */
  clusters: ClusterDesk | undefined;
  dataFolder: string;
  /** 0 for any. */
  port: number;
  log: Logger;
}

/** The console while it is served. */
export interface ServedConsole extends AsyncDisposable {
  port: number;
}

/** How often memory is measured while a page is open, and how often a page hears something. */
const REFRESH_MS = 3000;
/** How often clusters, and the servers that keepers run, are looked at while a page is open. */
const LOOK_MS = 700;

/**
 * Serves the console's page on this machine.
 * @throws AntiphonError `address_in_use`
 */
export function serveConsole(options: ConsoleOptions): ServedConsole {
  const { state, supervisor, log } = options;
  const hub = new EventHub();
  const calls = new CallDesk((line) => hub.publish("call", line));
  const clusters = options.clusters &&
    new ClusterBoard(options.clusters, (progress) => hub.publish("cluster", progress));
  const onError = (error: unknown) => log.warn("console.failed", { error });
  const app = consoleApp({
    state,
    dataFolder: options.dataFolder,
    processes: supervisor,
    hub,
    calls,
    clusters,
    messages: state.demo
      ? new MessageDesk(state.edgeUrl, state.demo.whatsapp, (m) => hub.publish("message", m))
      : undefined,
    port: () => server.addr.port,
    onError,
  });
  const server = listen(options.port, app.fetch);
  const endWatch = supervisor.watch(() => hub.publish("processes", supervisor.statuses));
  const refresh = setInterval(() => {
    if (hub.listeners > 0) publishMemory(supervisor, hub).catch(onError);
  }, REFRESH_MS);
  const look = beginLooking({ hub, supervisor, clusters, onError });
  return {
    port: server.addr.port,
    [Symbol.asyncDispose]: async () => {
      clearInterval(refresh);
      await look[Symbol.asyncDispose]();
      endWatch();
      await calls.hangUp();
      hub.close();
      await server.shutdown();
    },
  };
}

/** Tells pages of clusters, and of processes whose changes nobody tells us. */
function beginLooking({ hub, supervisor, clusters, onError }: {
  hub: EventHub;
  supervisor: ConsoleOptions["supervisor"];
  clusters: ClusterBoard | undefined;
  onError: (error: unknown) => void;
}): AsyncDisposable {
  let busy: Promise<void> | undefined;
  let last = "";
  const look = async () => {
    const pictures = await clusters?.refresh();
    if (pictures) hub.publish("clusters", pictures);
    const statuses = JSON.stringify(supervisor.statuses);
    if (statuses !== last) hub.publish("processes", supervisor.statuses);
    last = statuses;
  };
  const interval = setInterval(() => {
    if (hub.listeners === 0 || busy) return;
    busy = look().catch(onError).finally(() => busy = undefined);
  }, LOOK_MS);
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(interval);
      await busy;
    },
  };
}

async function publishMemory(supervisor: Pick<Supervisor, "statuses">, hub: EventHub) {
  const pids = supervisor.statuses.flatMap(({ pid }) => pid ?? []);
  hub.publish("memory", Object.fromEntries(await memoryOf(pids)));
}

function listen(
  port: number,
  handler: (request: Request) => Response | Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: HOST, port, onListen: () => {} }, handler);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new AntiphonError("address_in_use", `Port ${port} of the console is taken`, { cause });
  }
}
