import assert from "node:assert/strict";
import { ClusterClient } from "../clusters/cluster_client.ts";
import { SAMPLE, sampleConfiguration } from "../testing/sample_configuration.ts";
import { deliverWebhook } from "./deliver_webhook.ts";

const delivery = {
  deliveryId: "0198c5a0-0000-7000-8000-0000000000d1",
  tenantId: SAMPLE.tenantId,
  assetId: SAMPLE.assetId,
  channel: "whatsapp" as const,
  receivedAt: 1,
  body: "{}",
};

function outcome(answer: () => Promise<Response>) {
  const client = new ClusterClient({
    now: () => 5,
    token: () => Promise.resolve("t"),
    fetch: answer,
  });
  return deliverWebhook(
    delivery,
    client,
    () => Promise.resolve(sampleConfiguration().clusters[1]),
  );
}

Deno.test("deliverWebhook() tells what is final from what is not", async () => {
  const kinds: Record<number, string> = {};
  for (const status of [200, 204, 400, 401, 403, 404, 413, 421, 422, 429, 500, 503]) {
    kinds[status] = (await outcome(() => Promise.resolve(new Response(null, { status })))).kind;
  }
  assert.deepEqual(kinds, {
    200: "taken",
    204: "taken",
    400: "refused",
    401: "again",
    403: "again",
    404: "again",
    413: "refused",
    421: "again",
    422: "refused",
    429: "again",
    500: "again",
    503: "again",
  });
});

Deno.test("deliverWebhook() never throws", async () => {
  const down = await outcome(() => Promise.reject(new TypeError("refused")));
  assert.deepEqual(down, { kind: "again", reason: "cluster_unavailable (down)" });
});
