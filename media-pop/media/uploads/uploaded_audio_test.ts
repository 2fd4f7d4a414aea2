import assert from "node:assert/strict";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { AudioCache } from "../cache/audio_cache.ts";
import { digestOf } from "../cache/digest_of.ts";
import { UploadedAudio } from "./uploaded_audio.ts";

const log = createLogger({ service: "test", write: () => {} });
const CODES = Uint8Array.from({ length: 1600 }, (_, i) => i % 256);
const HASH = (await digestOf(CODES)).toHex();
const place = { tenantId: "018f0000-0000-7000-8000-000000000001", clusterId: "E39" };

async function fetching(answer: (request: Request) => Response) {
  const folder = await Deno.makeTempDir();
  const cache = await AudioCache.open(folder, { memory: 1e6, disk: 1e6 }, log);
  const asked: { path: string; bearer: string | null }[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname: path } = new URL(request.url);
    asked.push({ path, bearer: request.headers.get("authorization") });
    return answer(request);
  });
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const uploaded = new UploadedAudio({
    cache,
    urls: (clusterId) => clusterId === "E39" ? [`${origin}/standby`, origin] : [],
    token: (audience) => Promise.resolve(`for ${audience}`),
    log,
  });
  return {
    ...{ uploaded, asked },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

Deno.test("UploadedAudio fetches once for all who want it, and keeps it", async () => {
  await using t = await fetching(() => new Response(CODES));
  const [one, two] = await Promise.all([HASH, HASH].map((hash) => t.uploaded.get(hash, place)));
  assert.deepEqual(one, CODES);
  assert.deepEqual(two, CODES);
  assert.deepEqual(await t.uploaded.get(HASH, place), CODES);
  const path = `/internal/tenants/${place.tenantId}/audio/${HASH}`;
  assert.deepEqual(t.asked, [{ path, bearer: "Bearer for cell:E39" }]);
});

Deno.test("UploadedAudio asks the cluster's next address when the first has nothing", async () => {
  let refusals = 1;
  await using t = await fetching(() =>
    refusals-- > 0 ? new Response("{}", { status: 421 }) : new Response(CODES)
  );
  assert.deepEqual(await t.uploaded.get(HASH, place), CODES);
  assert.equal(t.asked.length, 2);
});

Deno.test("UploadedAudio takes nothing that is not what was asked for", async () => {
  const code = "prompt_unavailable";
  await using t = await fetching(() => new Response(CODES.slice(1)));
  await assert.rejects(t.uploaded.get(HASH, place), { code });
  await assert.rejects(t.uploaded.get(HASH, { ...place, clusterId: "C14" }), { code });
  await using large = await fetching(() => new Response(new Uint8Array(4_800_001)));
  await assert.rejects(large.uploaded.get(HASH, place), { code });
});

Deno.test("UploadedAudio keeps tenants apart", async () => {
  await using t = await fetching((request) =>
    request.url.includes(place.tenantId) ? new Response(CODES) : new Response("", { status: 404 })
  );
  await t.uploaded.get(HASH, place);
  const other = { ...place, tenantId: "018f0000-0000-7000-8000-000000000002" };
  await assert.rejects(t.uploaded.get(HASH, other), { code: "prompt_unavailable" });
});
