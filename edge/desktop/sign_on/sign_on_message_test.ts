import { match, strictEqual } from "node:assert/strict";
import { signOnMessage } from "./sign_on_message.ts";

const failure = { ok: false as const, code: "x", retryAfter: null };

Deno.test("sign-on message does not tell which of the three fields was wrong", () => {
  const message = signOnMessage({ ...failure, reason: "refused", code: "invalid_credentials" });
  match(message, /organisation, username or password/);
});

Deno.test("sign-on message says how long to wait when the edge does", () => {
  match(signOnMessage({ ...failure, reason: "too-many", retryAfter: 30 }), /Wait 30 seconds/);
  match(signOnMessage({ ...failure, reason: "too-many" }), /Wait a minute/);
});

Deno.test("sign-on message tells a lost network from a lost contact centre", () => {
  const network = signOnMessage({ ...failure, reason: "unreachable", code: "network" });
  const centre = signOnMessage({ ...failure, reason: "unreachable", code: "unavailable" });
  strictEqual(network === centre, false);
  match(network, /network connection/);
});
