import assert from "node:assert/strict";
import { sampleConfiguration } from "../testing/sample_configuration.ts";
import { contentSecurityPolicy } from "./content_security_policy.ts";

Deno.test("contentSecurityPolicy() lets the app reach itself and the PoPs, and nothing inline", () => {
  const policy = contentSecurityPolicy(sampleConfiguration().pops);
  assert.match(policy, /connect-src 'self' ws:\/\/fra\.test wss:\/\/nyc\.test:8443;/);
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
});
