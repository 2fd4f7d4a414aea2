import assert from "node:assert/strict";
import { ClusterClient } from "../clusters/cluster_client.ts";
import { SAMPLE, sampleConfiguration } from "../testing/sample_configuration.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { deliverWebhooks } from "./deliver_webhooks.ts";

const delivery = {
  deliveryId: "0198c5a0-0000-7000-8000-0000000000d1",
  tenantId: SAMPLE.tenantId,
  assetId: SAMPLE.assetId,
  channel: "whatsapp" as const,
  receivedAt: 1,
  body: "{}",
};

const refused = [{ deliveryId: delivery.deliveryId, code: "invalid_request" }];
const answer = (status: number) => new Response(JSON.stringify({ refused }), { status });

function outcome(answer: () => Promise<Response>) {
  const clock = new VirtualClock();
  const client = new ClusterClient({
    now: () => clock.now,
    timer: clock.timer,
    keys: () => Promise.resolve([]),
    deadline: () => new AbortController().signal,
    token: () => Promise.resolve("t"),
    fetch: answer,
  });
  const [, cluster] = sampleConfiguration().clusters;
  return clock.until(deliverWebhooks([delivery], client, () => Promise.resolve(cluster)));
}

Deno.test("deliverWebhooks() tells what is final from what is not", async () => {
  const kinds: Record<number, string> = {};
  for (const status of [200, 400, 401, 403, 404, 413, 421, 422, 429, 500, 503]) {
    kinds[status] = (await outcome(() => Promise.resolve(answer(status)))).kind;
  }
  assert.deepEqual(kinds, {
    200: "taken",
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

Deno.test("deliverWebhooks() never throws", async () => {
  const down = await outcome(() => Promise.reject(new TypeError("refused")));
  assert.deepEqual(down, { kind: "again", reason: "cluster_unavailable (down)" });
});

Deno.test("deliverWebhooks() names those that are refused, and asks again after what it cannot read", async () => {
  assert.deepEqual(await outcome(() => Promise.resolve(answer(200))), {
    ...{ kind: "taken", reason: "200", refused },
  });
  const unread = await outcome(() => Promise.resolve(new Response("{}")));
  assert.equal(unread.kind, "again");
});
