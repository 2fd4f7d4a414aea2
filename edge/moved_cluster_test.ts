import assert from "node:assert/strict";
import type { ClusterNotice } from "../protocol/cluster_notice/cluster_notice.ts";
import { signClusterNotice } from "../protocol/cluster_notice/sign_cluster_notice.ts";
import { serviceTokenSigner } from "../protocol/service_token/service_token_signer.ts";
import type { CellDouble } from "./testing/cell_double.ts";
import { DesktopDouble } from "./testing/desktop_double.ts";
import { EdgeStage } from "./testing/edge_stage.ts";
import { ProviderDouble } from "./testing/provider_double.ts";
import { STAGE } from "./testing/stage_configuration.ts";

const available = { type: "agent.set-state", state: "available" } as const;

/** An edge whose tenant's cluster moves. */
async function stage() {
  const edge = await EdgeStage.open();
  const { cell: home, standby, url } = edge;
  const notice = (epoch: number, change: Partial<ClusterNotice> = {}, by: CellDouble = standby) =>
    signClusterNotice(
      { clusterId: "E39", epoch, site: "us-east", url: standby.url, ...change },
      by.key,
    );
  const announce = async (signed: string, by: CellDouble = standby): Promise<unknown> => {
    const token = await serviceTokenSigner(by.key)("edge:test");
    const authorization = `Bearer ${token}`;
    const answer = await edge.post("/internal/cluster-notices", { notice: signed }, {
      authorization,
    });
    return (await answer.json()).taken ?? answer.status;
  };
  const as = async (agentId: string) => ({
    authorization: `Bearer ${await home.accessToken(STAGE.tenantId, agentId)}`,
  });
  const push = async (by: CellDouble, epoch: number, since: number) => {
    const agent = { id: "anna", name: "Anna", state: "available", idleCode: null } as const;
    const event = {
      type: "agent.changed" as const,
      agent: { ...agent, since, softphoneConnected: true },
    };
    const events = [{ deliveryId: `${epoch} ${since}`, event }];
    const answer = await edge.push(by.key, {
      ...{ tenantId: STAGE.tenantId, agentId: "anna", epoch, events },
    });
    await answer.body?.cancel();
    return answer.status;
  };
  const welcome = async (agentId: string) => {
    const desktop = await DesktopDouble.welcome(
      url,
      await home.accessToken(STAGE.tenantId, agentId),
    );
    await desktop.untilEvents(1);
    return desktop;
  };
  return {
    ...{ edge, home, standby, url, notice, announce, as, push, welcome },
    [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose](),
  };
}

const clusterFrames = (desktop: DesktopDouble) =>
  desktop.frames.all.filter(({ type }) => type === "cluster");

Deno.test("a cluster's holder freezes and its standby takes over: nothing is refused", async () => {
  await using t = await stage();
  const { edge, home, standby, url } = t;
  await using desktop = await t.welcome("anna");
  assert.equal(await t.push(home, 1, 1), 200);
  home.frozen = true;
  const asked = {
    command: desktop.command(available),
    signOn: edge.post("/v1/sign-on", {
      ...{ tenant: "acme", username: "anna", password: "open sesame" },
    }),
    read: fetch(`${url}/v1/queues`, { headers: await t.as("anna") }),
    change: fetch(`${url}/v1/queues/sales`, {
      ...{ method: "PUT", body: "{}", headers: await t.as("anna") },
    }),
    webhook: new ProviderDouble(url).post("{}"),
  };
  await home.swallowed.until((all) => all.length >= 4, "requests at the frozen holder");
  assert.equal((await asked.webhook).status, 200, "stored, whoever is there");
  standby.active = true;
  assert.equal(await t.announce(await t.notice(2)), true);
  assert.equal((await asked.command).ok, true);
  for (const answer of [await asked.signOn, await asked.read, await asked.change]) {
    assert.equal(answer.status, 200);
    await answer.body?.cancel();
  }
  await standby.webhooks.first(() => true, "the webhook");
  await asked.webhook.then((answer) => answer.body?.cancel());
  assert.equal(await t.push(standby, 2, 2), 200);
  assert.equal(await t.push(home, 1, 3), 421, "the older holder is fenced");
  await desktop.untilEvents(4);
  const kinds = desktop.events.slice(1).map(({ event }) => event.type).toSorted();
  assert.deepEqual(kinds, ["agent.changed", "agent.changed", "snapshot"], "and what it knows");
  assert.deepEqual(clusterFrames(desktop), [], "nobody was bothered");
});

Deno.test("a desktop is told of a cluster that stays away, and of its return within a second", async () => {
  await using t = await stage();
  await using desktop = await t.welcome("anna");
  await t.home.stop();
  const result = desktop.command(available);
  await desktop.frames.first((f) => f.type === "cluster" && !f.reachable, "cluster lost");
  t.standby.active = true;
  const began = performance.now();
  assert.equal(await t.announce(await t.notice(2)), true);
  await desktop.frames.first((f) => f.type === "cluster" && f.reachable, "cluster found");
  assert.ok(performance.now() - began < 1_500);
  assert.equal((await result).ok, true);
  await desktop.untilEvents(2);
  assert.equal(desktop.events[1].event.type, "snapshot");
  assert.equal(clusterFrames(desktop).length, 2);
});

Deno.test("a stream ends when its cluster moves, so that its reader comes again", async () => {
  await using t = await stage();
  const read = async () =>
    await fetch(`${t.url}/v1/interactions/abc/trace/stream`, {
      headers: { ...await t.as("anna"), "last-event-id": "7" },
    });
  const stream = await read();
  const text = stream.text();
  t.home.frozen = true;
  t.standby.active = true;
  assert.equal(await t.announce(await t.notice(2)), true);
  assert.equal(await text, ": after 7\n\n");
  const again = await read();
  assert.equal(again.status, 200);
  t.standby.stream!.close();
  assert.equal(await again.text(), ": after 7\n\n");
  await t.home.stream!.left;
});

Deno.test("forged, foreign and old announcements change nothing", async () => {
  await using t = await stage();
  const { home, standby, edge } = t;
  standby.active = true;
  const evil = await t.notice(9, { url: "http://127.0.0.1:1" });
  assert.equal(await t.announce(evil), false);
  assert.equal(await t.announce(await t.notice(9, {}, edge.otherCell)), false);
  assert.equal(await t.announce(await t.notice(9), edge.otherCell), false, "another's cluster");
  assert.equal(await t.announce("nonsense"), false);
  const unsigned = await edge.post("/internal/cluster-notices", { notice: await t.notice(9) });
  assert.equal(unsigned.status, 401);
  await unsigned.body?.cancel();
  await using desktop = await t.welcome("anna");
  assert.equal((await desktop.command(available)).ok, true);
  assert.equal(home.commands.all.length, 1);
  assert.equal(await t.announce(await t.notice(5)), true);
  assert.equal(await t.announce(await t.notice(4, { url: home.url })), false, "older");
  assert.equal((await desktop.command(available)).ok, true);
  assert.deepEqual([home.commands.all.length, standby.commands.all.length], [1, 1]);
});
