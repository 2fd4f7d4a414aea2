import assert from "node:assert/strict";
import { serviceTokenSigner } from "../protocol/service_token/service_token_signer.ts";
import { EdgeStage } from "./testing/edge_stage.ts";
import { ProviderDouble } from "./testing/provider_double.ts";
import { STAGE } from "./testing/stage_configuration.ts";

const body = (n: number) => JSON.stringify({ object: "whatsapp_business_account", n, é: "☃" });

async function code(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json()).code];
}

Deno.test("the webhook inbox", async (t) => {
  await using stage = await EdgeStage.open();
  const provider = new ProviderDouble(stage.url);
  const { webhooks } = stage.cell;
  const bodies = () => webhooks.all.map((webhook) => webhook.body);
  const state = async (by = stage.cell) => {
    const token = await serviceTokenSigner(by.key)("edge:test");
    return await fetch(`${stage.url}/internal/inbox/${STAGE.assetId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  };

  await t.step("takes part in the verification handshake", async () => {
    const shake = (token: string, assetId: string = STAGE.assetId) =>
      fetch(
        `${stage.url}/hooks/whatsapp/${assetId}?hub.mode=subscribe&hub.verify_token=${token}` +
          "&hub.challenge=1158201444",
      );
    const good = await shake(STAGE.verifyToken);
    assert.deepEqual([good.status, await good.text()], [200, "1158201444"]);
    assert.deepEqual(await code(await shake("wrong")), [403, "forbidden"]);
    assert.deepEqual(await code(await shake("x", STAGE.tenantId)), [404, "not_found"]);
    const bare = await fetch(`${stage.url}/hooks/whatsapp/${STAGE.assetId}`);
    assert.equal((await code(bare))[0], 422);
  });

  await t.step("stores a signed webhook and hands it over byte for byte", async () => {
    const response = await provider.post(body(1));
    assert.equal(response.status, 200);
    await response.body?.cancel();
    const webhook = await webhooks.first((w) => w.body === body(1), "the webhook");
    assert.deepEqual(
      { tenantId: webhook.tenantId, assetId: webhook.assetId, channel: webhook.channel },
      { tenantId: STAGE.tenantId, assetId: STAGE.assetId, channel: "whatsapp" },
    );
    assert.ok(Math.abs(webhook.receivedAt - Date.now()) < 10_000);
  });

  await t.step(
    "refuses what is unsigned, too large, or for nobody, and stores none of it",
    async () => {
      const before = webhooks.all.length;
      const bad = [
        provider.post(body(2), { signature: ProviderDouble.sign(body(2), "other") }),
        provider.post(body(2), { signature: null }),
      ];
      for (const answer of bad) {
        assert.deepEqual(await code(await answer), [
          401,
          "signature_mismatch",
        ]);
      }
      assert.deepEqual(await code(await provider.post("x".repeat(1024 * 1024 + 1))), [
        413,
        "payload_too_large",
      ]);
      const nobody = await provider.post(body(2), { assetId: crypto.randomUUID() });
      assert.deepEqual(await code(nobody), [404, "not_found"]);
      const broken = await provider.post(new Uint8Array([0x22, 0xff, 0x22]));
      assert.deepEqual(await code(broken), [400, "malformed_json"]);
      assert.deepEqual(await provider.postAll([body(3)]), [200]);
      await webhooks.first((w) => w.body === body(3), "the next webhook");
      assert.equal(webhooks.all.length, before + 1);
    },
  );

  await t.step("acknowledges the provider's repeat and hands it over once", async () => {
    assert.deepEqual(await provider.postAll([body(3), body(4)]), [200, 200]);
    await webhooks.first((w) => w.body === body(4), "the next webhook");
    assert.equal(bodies().filter((b) => b === body(3)).length, 1);
  });

  await t.step("knows an asset that was made a moment ago", async () => {
    const id = crypto.randomUUID();
    const [asset] = stage.controlPlane.configuration.assets;
    stage.controlPlane.publish({
      version: "v2",
      assets: [asset, { ...asset, id, appSecret: "second" }],
    });
    const signature = ProviderDouble.sign(body(5), "second");
    const response = await provider.post(body(5), { assetId: id, signature });
    assert.equal(response.status, 200);
    await response.body?.cancel();
    assert.equal((await webhooks.first((w) => w.assetId === id, "its webhook")).body, body(5));
  });

  await t.step("keeps webhooks while the cell is down and hands them over in order", async () => {
    const from = webhooks.all.length;
    await stage.cell.stop();
    const many = Array.from({ length: 20 }, (_, n) => body(100 + n));
    assert.deepEqual(new Set(await provider.postAll(many)), new Set([200]));
    const waiting = await (await state(stage.cell)).json();
    assert.equal(waiting.pending, 20);
    assert.ok(waiting.oldest > 0);
    stage.cell.start();
    await webhooks.until((all) => all.length >= from + 20, "all webhooks");
    assert.deepEqual(bodies().slice(from), many);
  });

  await t.step("keeps them over the death of workerd", async () => {
    const from = webhooks.all.length;
    await stage.cell.stop();
    const many = Array.from({ length: 5 }, (_, n) => body(200 + n));
    await provider.postAll(many);
    Deno.kill(stage.edge.workerdPid, "SIGKILL");
    stage.cell.start();
    await webhooks.until((all) => all.length >= from + 5, "all webhooks", 20_000);
    assert.deepEqual(bodies().slice(from), many);
  });

  await t.step("sets aside what the cell refuses for good, and goes on", async () => {
    stage.cell.refuseWebhook = ({ body }) => body.includes("300") ? "invalid_request" : null;
    assert.deepEqual(await provider.postAll([body(300), body(301)]), [200, 200]);
    await webhooks.first((w) => w.body === body(301), "the one behind");
    const { failed, failures, pending } = await (await state()).json();
    assert.deepEqual([failed, pending, failures[0].reason], [1, 0, "invalid_request"]);
    assert.ok(stage.lines.some((line) => line.includes('"event":"inbox.failed"')));
    stage.cell.refuseWebhook = () => null;
    const token = await serviceTokenSigner(stage.cell.key)("edge:test");
    const retried = await stage.post(`/internal/inbox/${STAGE.assetId}/retry`, "", {
      authorization: `Bearer ${token}`,
    });
    assert.equal((await retried.json()).retried, 1);
    await webhooks.first((w) => w.body === body(300), "the one set aside");
  });

  await t.step("shows its state to the tenant's own cluster only", async () => {
    assert.deepEqual(await code(await state(stage.otherCell)), [403, "forbidden"]);
    const none = await fetch(`${stage.url}/internal/inbox/${STAGE.assetId}`);
    assert.deepEqual(await code(none), [401, "unauthenticated"]);
  });
});
