import assert from "node:assert/strict";
import { keeperLease } from "./keeper_lease.ts";

const ANSWER = {
  ...{ clusterId: "E39", site: "eu-central", held: true, validMs: 1_500 },
  active: { site: "eu-central", epoch: 3 },
};

function asking(answer: () => Response) {
  const asked: { url: string; authorization: string | null }[] = [];
  const source = keeperLease({
    url: "http://keeper:9000",
    clusterId: "E39",
    site: "eu-central",
    token: (audience) => Promise.resolve(`token for ${audience}`),
    fetch: (url, init) => {
      const authorization = new Headers(init?.headers).get("authorization");
      asked.push({ url: String(url), authorization });
      return Promise.resolve(answer());
    },
  });
  return { source, asked };
}

Deno.test("keeperLease() asks the keeper of its site as this cell", async () => {
  const { source, asked } = asking(() => Response.json(ANSWER));
  assert.deepEqual(await source.ask(), ANSWER);
  assert.deepEqual(asked, [{
    url: "http://keeper:9000/v1/clusters/E39/lease",
    authorization: "Bearer token for keeper:eu-central",
  }]);
});

Deno.test("keeperLease() believes no refusal, no nonsense and nobody else's keeper", async () => {
  for (
    const answer of [
      () => Response.json({ held: true }, { status: 401 }),
      () => Response.json({ ...ANSWER, validMs: "long" }),
      () => Response.json({ ...ANSWER, validMs: -1 }),
      () => new Response("<html>"),
      () => Response.json({ ...ANSWER, site: "us-east" }),
      () => Response.json({ ...ANSWER, clusterId: "C14" }),
    ]
  ) {
    await assert.rejects(asking(answer).source.ask());
  }
});
