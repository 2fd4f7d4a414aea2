import assert from "node:assert/strict";
import { keeperStatus } from "./keeper_status.ts";

const STATUS = {
  ...{ clusterId: "E39", site: "eu-central", role: "primary", epoch: 3, position: "0/3000060" },
  lease: { held: true, validMs: 1_500, term: 4, holder: "eu-central" },
  inSync: ["eu-central", "us-east"],
  replication: {
    ...{ standby: "us-east", state: "streaming", sync: true },
    ...{ lagBytes: 0, lagMs: 80 },
  },
  ...{ degraded: null, disk: null, problem: null },
};

Deno.test("keeperStatus() asks every other second at most, and says when nothing is known", async () => {
  let at = 0;
  const answers = [
    () => Promise.resolve(Response.json(STATUS)),
    () => Promise.reject(new TypeError("refused")),
    () => Promise.resolve(Response.json({}, { status: 503 })),
    () => Promise.resolve(new Response("<html>")),
  ];
  let asked = 0;
  const status = keeperStatus({
    ...{ url: "http://keeper:9000", clusterId: "E39", site: "eu-central" },
    token: () => Promise.resolve("token"),
    clock: () => at,
    fetch: () => answers[asked++](),
  });
  assert.deepEqual(await status(), STATUS);
  at += 1_999;
  assert.deepEqual(await status(), STATUS);
  assert.equal(asked, 1);
  for (let i = 1; i < answers.length; i++) {
    at += 2_000;
    assert.equal(await status(), null);
  }
  assert.equal(asked, answers.length);
});
