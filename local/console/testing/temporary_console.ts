import { createLogger } from "../../../protocol/telemetry/logger.ts";
import type { ClusterDesk } from "../../cluster/cluster_desk.ts";
import type { LocalState } from "../../layout/local_state.ts";
import type { ProcessStatus } from "../../processes/process_status.ts";
import { serveConsole } from "../serve_console.ts";

/** A webhook that the edge's stand-in has taken. */
export interface TakenWebhook {
  signature: string | null;
  body: string;
}

/**
 * A served console beside a stand-in for the edge and processes that do nothing.
 *
 * @param desk What it does with clusters; none have standbys when left out.
 * @param more Processes besides the one that can be killed.
 */
export function temporaryConsole(desk?: ClusterDesk, more: readonly ProcessStatus[] = []) {
  const webhooks: TakenWebhook[] = [];
  const watchers = new Set<() => void>();
  const edge = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      webhooks.push({
        signature: request.headers.get("x-hub-signature-256"),
        body: await request.text(),
      });
      return new Response("{}");
    },
  );
  const status: ProcessStatus = {
    ...{ name: "cell-E39-eu-central", state: "ready", pid: Deno.pid, restarts: 0, since: 1 },
  };
  const url = `http://127.0.0.1:${edge.addr.port}`;
  const state: LocalState = {
    ...{ pid: Deno.pid, controlPlaneUrl: url, edgeUrl: url, consoleUrl: null },
    cellUrls: { E39: { "eu-central": url, "us-east": url }, C14: { "us-east": url } },
    ...{ popUrls: { FRA: url, NYC: url }, keeperUrls: { control: url }, standby: true },
    sip: { FRA: "127.0.0.1:1", NYC: "127.0.0.1:2" },
    demo: {
      tenantId: "01890a5d-ac96-774b-bcce-b302099a8057",
      ...{ slug: "aurora", name: "Aurora Travel", number: "+4969900100" },
      agents: [{ username: "anna", name: "Anna", password: "anna's" }],
      partner: { clientId: "partner", clientSecret: "partner's secret" },
      whatsapp: {
        assetId: "01890a5d-ac96-774b-bcce-b302099a8058",
        ...{ phoneNumberId: "106540352242922", webhookPath: "/hooks/whatsapp/x" },
        ...{ appSecret: "app's secret", verifyToken: "verify" },
      },
    },
  };
  const page = serveConsole({
    state,
    clusters: desk,
    dataFolder: "/nowhere",
    port: 0,
    log: createLogger({ service: "local", write: () => {} }),
    supervisor: {
      statuses: [status, ...more],
      watch: (watcher) => {
        watchers.add(watcher);
        return () => watchers.delete(watcher);
      },
      kill: () => {
        status.state = "stopped";
        watchers.forEach((watcher) => watcher());
        return Promise.resolve();
      },
      start: () => Promise.reject(new Error("secret detail")),
    },
  });
  return {
    url: `http://127.0.0.1:${page.port}`,
    port: page.port,
    webhooks,
    [Symbol.asyncDispose]: async () => {
      await page[Symbol.asyncDispose]();
      await edge.shutdown();
    },
  };
}
