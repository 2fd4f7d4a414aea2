import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";

const DOCUMENT = new URL("../../docs/virtual-agents.md", import.meta.url);
const KEY = "0123456789abcdef01234567";

Deno.test("docs/virtual-agents.md checks signatures as the platform makes them", async () => {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(await Deno.readTextFile(DOCUMENT))!;
  const { isOurs } = await import(`data:application/typescript,${encodeURIComponent(example)}`);
  const secret = `whsec_${btoa(KEY)}`;
  const body = '{"turn":1}';
  const headers = (at: number, key = KEY) => {
    const mac = createHmac("sha256", Buffer.from(key)).update(`id.${at}.${body}`).digest("base64");
    return new Headers({
      ...{ "webhook-id": "id", "webhook-timestamp": String(at), "webhook-signature": `v1,${mac}` },
    });
  };
  const now = Math.floor(Date.now() / 1000);
  assert.equal(isOurs(secret, headers(now), body), true);
  assert.equal(isOurs(secret, headers(now), `${body} `), false);
  assert.equal(isOurs(secret, headers(now - 301), body), false);
  assert.equal(isOurs(secret, headers(now, "another key of 24 bytes!"), body), false);
  assert.equal(isOurs(secret, new Headers(), body), false);
});
