import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { signOnAnswer } from "../testing/samples.ts";
import { SignOnClient } from "./sign_on_client.ts";

function clientAnswering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const calls: { path: string; body: unknown }[] = [];
  const client = new SignOnClient((path, init) => {
    calls.push({ path, body: JSON.parse(String(init.body)) });
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
  });
  return { client, calls };
}

const request = { tenant: "acme", username: "maria", password: "secret" };

Deno.test("sign-on client hands back what the edge granted", async () => {
  const { client, calls } = clientAnswering(200, signOnAnswer());
  deepStrictEqual(await client.signOn(request), { ok: true, answer: signOnAnswer() });
  deepStrictEqual(calls, [{ path: "/v1/sign-on", body: request }]);
});

Deno.test("sign-on client tells a wrong password from a lost edge", async () => {
  const problem = { type: "t", title: "t", status: 401, detail: "d", code: "invalid_credentials" };
  const refused = await clientAnswering(401, problem).client.signOn(request);
  deepStrictEqual(refused, {
    ok: false,
    reason: "refused",
    code: "invalid_credentials",
    retryAfter: null,
  });
  const down = await clientAnswering(503, "…").client.signOn(request);
  strictEqual(!down.ok && down.reason, "unreachable");
  const lost = await new SignOnClient(() => Promise.reject(new TypeError("net"))).signOn(request);
  strictEqual(!lost.ok && lost.reason, "unreachable");
});

Deno.test("sign-on client passes on how long to wait", async () => {
  const outcome = await clientAnswering(429, {}, { "retry-after": "30" }).client.signOn(request);
  deepStrictEqual(outcome, { ok: false, reason: "too-many", code: "http_429", retryAfter: 30 });
});

Deno.test("sign-on client does not trust an answer of another shape", async () => {
  const outcome = await clientAnswering(200, { accessToken: 7 }).client.refresh();
  strictEqual(!outcome.ok && outcome.code, "answer_unreadable");
});

Deno.test("sign-on client says whether the edge took the sign-off", async () => {
  strictEqual(await clientAnswering(200, {}).client.signOff(), true);
  strictEqual(await new SignOnClient(() => Promise.reject(new Error("net"))).signOff(), false);
});
