import assert from "node:assert/strict";
import { workerdConfig } from "./workerd_config.ts";

Deno.test("workerdConfig() quotes what it is given", () => {
  const text = workerdConfig({
    hostname: "127.0.0.1",
    port: 8787,
    edgeId: "local",
    controlPlaneUrl: "http://127.0.0.1:7000",
    serviceKey: '{"d":"a\\"b"}',
    storage: "/var/lib/antiphon/edge",
    web: "/srv/web",
  });
  assert.match(text, /address = "127\.0\.0\.1:8787"/);
  assert.match(text, /text = "\{\\"d\\":\\"a\\\\\\"b\\"\}"/);
  assert.equal(text.match(/enableSql = true/g)?.length, 4);
});
