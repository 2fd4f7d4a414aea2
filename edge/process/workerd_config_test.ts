import assert from "node:assert/strict";
import { workerdConfig } from "./workerd_config.ts";

Deno.test("workerdConfig() quotes values and names secrets without holding them", () => {
  const config = workerdConfig({
    address: "127.0.0.1:0",
    bundle: "worker.js",
    objects: "/s/objects",
    webApp: "/w",
    values: { EDGE_ID: 'a"b\\c' },
    secrets: ["SERVICE_KEY"],
  });
  assert.match(config, /text = "a\\"b\\\\c"/);
  assert.match(config, /fromEnvironment = "SERVICE_KEY"/);
  assert.match(config, /className = "AgentSessionObject", uniqueKey = .*, enableSql = true/);
});
