import assert from "node:assert/strict";
import { VirtualAgent } from "../../protocol/configuration/virtual_agent.ts";
import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { sendCaller } from "../testing/send_caller.ts";
import { useTestCell } from "../testing/use_test_cell.ts";
import { ConfigurationEditor } from "./configuration_editor.ts";
import { loadConfiguration } from "./load_configuration.ts";

const cell = useTestCell();

/** An editor of the cell's tenants that lets something happen at a moment of a change. */
function editor(happens: { checked?: () => void } = {}): ConfigurationEditor {
  const { audio, options, tenants } = cell().cell;
  const now = () => {
    happens.checked?.();
    return options.now();
  };
  return new ConfigurationEditor({ ...options, audio, now, tenants });
}

async function tenant(): Promise<{ tenantId: string; runner: TenantRunner }> {
  const tenantId = await cell().tenant();
  return { tenantId, runner: (await cell().cell.tenants.get(tenantId))! };
}

function withoutSales(document: TenantConfiguration): TenantConfiguration {
  const draft = structuredClone(document);
  draft.queues = draft.queues.filter((queue) => queue.id !== "sales");
  const welcome = draft.flows.find((flow) => flow.id === "welcome")!;
  welcome.activities.sales = { ...welcome.activities.support };
  return draft;
}

function removal(resolution?: StrandResolution) {
  return ({ document }: { document: TenantConfiguration }) => ({
    document: withoutSales(document),
    resolution,
  });
}

/** Lets something happen once, when a runner is next asked to load. */
function onLoad(runner: TenantRunner, happens: () => void): void {
  runner.load = () => {
    delete (runner as { load?: unknown }).load;
    happens();
    return runner.load();
  };
}

const stored = (tenantId: string) => loadConfiguration(cell().cell.options.db, tenantId);
const moved = { moveTo: { sales: "support" }, dropRequirements: false };

Deno.test("a change that would strand somebody is refused, and nothing is stored", async () => {
  const { tenantId, runner } = await tenant();
  const { revision } = runner.configuration.stored;
  await sendCaller(runner).done;
  await assert.rejects(editor().change(tenantId, removal()), { code: "would_strand" });
  assert.equal((await stored(tenantId))!.stored.revision, revision);
});

Deno.test("who comes while a change is being written is not stranded: it is undone", async () => {
  const { tenantId, runner } = await tenant();
  const { revision } = runner.configuration.stored;
  let done: Promise<unknown> | undefined;
  const checked = () => done ??= sendCaller(runner).done;
  await assert.rejects(editor({ checked }).change(tenantId, removal()), { code: "would_strand" });
  await done;
  assert.equal((await stored(tenantId))!.stored.revision, revision);
  assert.ok(runner.configuration.queues.has("sales"));
});

Deno.test("who comes while a change is being committed is not stranded: it is taken back", async () => {
  const { tenantId, runner } = await tenant();
  const before = runner.configuration;
  let done: Promise<unknown> | undefined;
  onLoad(runner, () => done = sendCaller(runner).done);
  await assert.rejects(editor().change(tenantId, removal()), { code: "would_strand" });
  await done;
  const after = (await stored(tenantId))!;
  assert.equal(after.stored.revision, before.stored.revision + 2);
  assert.deepEqual(after.document, before.document);
  assert.deepEqual(after.flowVersions, before.flowVersions);
  assert.equal(runner.configuration.stored.revision, after.stored.revision);
  assert.deepEqual(runner.configuration.stored.versions, after.stored.versions);
});

Deno.test("with a destination everybody gets there, whenever they come", async () => {
  const { tenantId, runner } = await tenant();
  const callers = [sendCaller(runner)];
  await callers[0].done;
  const checked = () => void (callers.length < 2 && callers.push(sendCaller(runner)));
  onLoad(runner, () => callers.push(sendCaller(runner)));
  const after = await editor({ checked }).change(tenantId, removal(moved));
  callers.push(sendCaller(runner));
  await Promise.all(callers.map(({ done }) => done));
  assert.equal(callers.length, 4);
  for (const { id } of callers) {
    assert.equal(runner.state.interactions.get(id)!.place!.queueId, "support");
  }
  assert.deepEqual(after.stored.redirects, { sales: "support" });
  assert.equal((await stored(tenantId))!.stored.resolution, null);
});

Deno.test("a caller in the menu of an older flow gets into the queue that took over", async () => {
  const { tenantId, runner } = await tenant();
  const [old] = [...runner.configuration.flowVersions].find(([id]) => id === "welcome")!;
  const version = runner.configuration.flowVersions.get(old)!;
  await editor().change(tenantId, removal(moved));
  const queueOf = (flows: typeof runner.configuration.flows) => {
    const activity = flows.get(version)!.activities.sales;
    return activity.type === "queue" && activity.queueId;
  };
  assert.equal(queueOf(runner.configuration.flows), "support");
  assert.equal(queueOf((await stored(tenantId))!.flows), "support");
});

Deno.test("what could not be decided by at once is made up for, with its destination", async () => {
  const { tenantId, runner } = await tenant();
  const caller = sendCaller(runner);
  await caller.done;
  onLoad(runner, () => {
    throw new Error("the database is away");
  });
  const broken = editor();
  await assert.rejects(broken.change(tenantId, removal(moved)), /the database is away/);
  assert.ok(runner.configuration.queues.has("sales"), "still decides by what was");
  assert.deepEqual((await stored(tenantId))!.stored.resolution, moved);
  // The next change catches up first.
  await broken.change(tenantId, ({ document }) => ({ document }));
  assert.equal(runner.configuration.queues.has("sales"), false);
  assert.equal(runner.state.interactions.get(caller.id)!.place!.queueId, "support");
  assert.equal((await stored(tenantId))!.stored.resolution, null);
  broken.close();
});

Deno.test("storing the same document again changes nothing, whoever thinks what is there", async () => {
  const { tenantId, runner } = await tenant();
  const { document, stored: { revision } } = runner.configuration;
  const secrets = structuredClone(document);
  for (const agent of secrets.agents) agent.password = `${agent.id}'s password`;
  for (const sender of secrets.assetSenders) sender.accessToken = "token";
  const expects = () => assert.fail("nothing changes");
  const again = await editor().store(tenantId, { document: secrets, expects });
  assert.equal(again.stored.revision, revision);
});

Deno.test("a new password is a change of its agent, and signs them out elsewhere", async () => {
  const { tenantId, runner } = await tenant();
  const { db } = cell().cell.options;
  const { stored: { revision, versions } } = runner.configuration;
  await db.insertInto("cell.refresh_tokens").values(["anna", "ben"].map((agent_id) => ({
    ...{ hash: `${tenantId}${agent_id}`, tenant_id: tenantId, agent_id },
    ...{ family: tenantId, expires_at: Date.now() + 60_000, used: false },
  }))).execute();
  await editor().change(tenantId, ({ document }) => {
    const draft = structuredClone(document);
    draft.agents[0].password = "another password";
    return { document: draft };
  });
  const after = runner.configuration.stored;
  assert.equal(after.versions.get("agents/anna"), revision + 1);
  assert.equal(after.versions.get("agents/ben"), versions.get("agents/ben"));
  const left = await db.selectFrom("cell.refresh_tokens").select("agent_id")
    .where("tenant_id", "=", tenantId).execute();
  assert.deepEqual(left, [{ agent_id: "ben" }]);
  assert.doesNotMatch(JSON.stringify(runner.configuration.document), /password/);
});

Deno.test("a virtual agent's secret is sealed, kept when left out, and goes with it", async () => {
  const { tenantId, runner } = await tenant();
  const { db, sealer } = cell().cell.options;
  const bot = VirtualAgent.parse({
    ...{ id: "bot", name: "Bot", adapter: "webhook", url: "https://bot.example/" },
  });
  const secret = `whsec_${btoa("0123456789abcdef01234567")}`;
  const write = (...virtualAgents: VirtualAgent[]) =>
    editor().change(tenantId, ({ document }) => ({ document: { ...document, virtualAgents } }));
  const rows = async () =>
    await db.selectFrom("cell.entity_secrets").select(["kind", "id", "sealed"])
      .where("tenant_id", "=", tenantId).execute();
  await assert.rejects(write(bot), { code: "invalid_request" });
  await write({ ...bot, secret });
  const [row] = await rows();
  assert.equal(await sealer.open(row.sealed), secret);
  assert.doesNotMatch(JSON.stringify(runner.configuration.document), /whsec_/);
  await write({ ...bot, name: "Other" });
  assert.deepEqual(await rows(), [row]);
  const { versions } = runner.configuration.stored;
  await write({ ...bot, name: "Other", secret: secret.replace("MDEy", "MDEz") });
  assert.notEqual(
    runner.configuration.stored.versions.get("virtual-agents/bot"),
    versions.get("virtual-agents/bot"),
  );
  await write();
  assert.deepEqual(await rows(), []);
});

Deno.test("agents may swap their user names", async () => {
  const { tenantId } = await tenant();
  await editor().change(tenantId, ({ document }) => {
    const draft = structuredClone(document);
    draft.agents[0].username = "ben";
    draft.agents[1].username = "anna";
    return { document: draft };
  });
  const rows = await cell().cell.options.db.selectFrom("cell.credentials")
    .select(["agent_id", "username"]).where("tenant_id", "=", tenantId).orderBy("agent_id")
    .execute();
  assert.deepEqual(rows.map((row) => row.username), ["ben", "anna", "cleo"]);
});

Deno.test("text that no database holds is refused by name", async () => {
  const { tenantId } = await tenant();
  await assert.rejects(
    editor().change(tenantId, ({ document }) => ({
      document: { ...document, sites: [{ id: "hq", name: "a\0b" }] },
    })),
    (error: Error & { data?: { fields: unknown } }) => {
      assert.deepEqual(error.data!.fields, [{
        path: "sites.0",
        code: "text_not_storable",
        message: "Take out control characters",
      }]);
      return true;
    },
  );
});
