import assert from "node:assert/strict";
import { isOwnRequest } from "./is_own_request.ts";

const own = (headers: Record<string, string>) => isOwnRequest(new Headers(headers), 7090);

Deno.test("isOwnRequest() takes the page itself and programs on this machine", () => {
  assert.ok(own({ host: "127.0.0.1:7090" }));
  assert.ok(own({ host: "localhost:7090", origin: "http://localhost:7090" }));
  assert.ok(own({ host: "127.0.0.1:7090", "sec-fetch-site": "same-origin" }));
  assert.ok(own({ host: "127.0.0.1:7090", "sec-fetch-site": "none" }));
  assert.ok(own({
    host: "127.0.0.1:7090",
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  }));
});

Deno.test("isOwnRequest() refuses rebound names and foreign pages", () => {
  assert.ok(!own({}));
  assert.ok(!own({ host: "evil.example:7090" }));
  assert.ok(!own({ host: "127.0.0.1:80" }));
  assert.ok(!own({ host: "127.0.0.1:7090", origin: "http://evil.example" }));
  assert.ok(!own({ host: "127.0.0.1:7090", origin: "null" }));
  assert.ok(!own({ host: "127.0.0.1:7090", origin: "http://localhost:7090" }));
  assert.ok(!own({ host: "127.0.0.1:7090", "sec-fetch-site": "cross-site" }));
  assert.ok(!own({ host: "127.0.0.1:7090", "sec-fetch-site": "same-site" }));
});
