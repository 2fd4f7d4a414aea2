import { Hono } from "hono";
import { upgradeWebSocket } from "hono/deno";
import { Drain } from "../../protocol/keeper/drain.ts";
import { AgentCommandDelivery, AgentPresence } from "../../protocol/agent_session/agent_command.ts";
import { AudioHash } from "../../protocol/configuration/prompt.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import { WebhookBatch } from "../../protocol/inbox/webhook_batch.ts";
import { CellSignOnRequest } from "../../protocol/sign_on/sign_on.ts";
import type { Cell } from "../cell/cell.ts";
import { takeWebhooks } from "../channels/take_webhooks.ts";
import { desktopSnapshot } from "../desktops/desktop_snapshot.ts";
import { loadMessages } from "../messages/load_messages.ts";
import { signOn } from "../sign_on/sign_on_service.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { fencedSocket } from "../lease/fenced_socket.ts";
import { bearer } from "./bearer.ts";
import { readJson } from "./read_json.ts";
import { serially } from "./serially.ts";

/** Routes for the other rooms, each open to the kinds of service that need it. */
export function internalRoutes(cell: Cell): Hono {
  const app = new Hono();
  const { options } = cell;
  const inOrder = serially();

  app.put("/tenants/:tenantId/configuration", async (c) => {
    await cell.verify(bearer(c), ["control-plane"]);
    const tenantId = Uuid.parse(c.req.param("tenantId"));
    await placed(cell, tenantId);
    const document = await readJson(c, TenantConfiguration);
    await cell.configurations.store(tenantId, { document, by: "partner" });
    options.log.info("configuration.stored", { tenantId });
    return c.json({});
  });
  app.get("/tenants/:tenantId/configuration", async (c) => {
    await cell.verify(bearer(c), ["control-plane"]);
    const tenantId = Uuid.parse(c.req.param("tenantId"));
    return c.json((await runnerOf(cell, tenantId)).configuration.document);
  });

  app.post("/drain", async (c) => {
    await cell.verify(bearer(c), ["keeper"]);
    const { forMs } = await readJson(c, Drain);
    await cell.drain(forMs);
    return c.json({ drained: true });
  });

  app.get("/tenants/:tenantId/audio/:hash", async (c) => {
    await cell.verify(bearer(c), ["pop"]);
    const tenantId = Uuid.parse(c.req.param("tenantId"));
    const hash = AudioHash.parse(c.req.param("hash"));
    await placed(cell, tenantId);
    const codes = await cell.audio.get(tenantId, hash);
    if (!codes) throw new AntiphonError("not_found", "There is no such audio");
    return c.body(codes, 200, { "content-type": "application/octet-stream" });
  });

  app.post("/sign-on", async (c) => {
    await cell.verify(bearer(c), ["edge"]);
    const request = await readJson(c, CellSignOnRequest);
    const granted = await signOn(request, {
      ...options,
      configuration: async (id) => (await cell.tenants.get(id))?.configuration.document,
    });
    return c.json(granted ?? {});
  });

  app.post("/agent-presence", async (c) => {
    await cell.verify(bearer(c), ["edge"]);
    const { tenantId, agentId, edgeId, connected } = await readJson(c, AgentPresence);
    const runner = await runnerOf(cell, tenantId);
    await runner.submit({ type: "presence", agentId, edgeId, connected });
    if (!connected) return c.json({});
    const interactionIds = runner.state.agents.get(agentId)?.assigned ?? [];
    const messages = await loadMessages(options.db, tenantId, { interactionIds });
    const { clusterId, epoch } = options;
    const snapshot = await runner.shown((state) =>
      desktopSnapshot(state, runner.configuration, agentId, messages)
    );
    return c.json({ ...snapshot, holder: { clusterId, epoch } });
  });

  app.post("/agent-commands", async (c) => {
    await cell.verify(bearer(c), ["edge"]);
    const { tenantId, agentId, commandId, command } = await readJson(c, AgentCommandDelivery);
    const runner = await runnerOf(cell, tenantId);
    await runner.submitOnce(commandId, { type: "agent", agentId, command });
    return c.json({});
  });

  app.post("/inbox", async (c) => {
    await cell.verify(bearer(c), ["edge"]);
    const { deliveries } = await readJson(c, WebhookBatch);
    const [{ tenantId, assetId }] = deliveries;
    const runner = await runnerOf(cell, tenantId);
    const take = () => takeWebhooks(deliveries, { ...options, runner });
    return c.json({ refused: await inOrder(assetId, take) });
  });

  app.get(
    "/pop-link",
    upgradeWebSocket(() => {
      let link: ReturnType<Cell["popLinks"]["accept"]>;
      return {
        onOpen: (_, socket) => link = cell.popLinks.accept(fencedSocket(socket, options.lease)),
        onMessage: (event) => {
          if (typeof event.data === "string") link.receive(event.data);
        },
        onClose: () => link.closed(),
        onError: () => link.closed(),
      };
    }),
  );
  return app;
}

async function placed(cell: Cell, tenantId: string): Promise<void> {
  let tenant = cell.placement.current.tenants.get(tenantId);
  if (!tenant) {
    await cell.placement.refresh();
    tenant = cell.placement.current.tenants.get(tenantId);
  }
  if (!tenant) {
    throw new AntiphonError(
      "unavailable",
      "The tenant has not reached this cluster yet: try again",
    );
  }
  if (tenant.clusterId !== cell.options.clusterId) {
    throw new AntiphonError("not_active", `The tenant lives on ${tenant.clusterId}`, {
      data: { clusterId: tenant.clusterId },
    });
  }
}

async function runnerOf(cell: Cell, tenantId: string): Promise<TenantRunner> {
  const runner = await cell.tenants.get(tenantId);
  if (!runner) {
    throw new AntiphonError("unavailable", "The tenant has no configuration in this cluster yet");
  }
  return runner;
}
