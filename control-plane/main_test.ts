import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { TextLineStream } from "./testing/text_line_stream.ts";
import { generateServiceKey } from "../protocol/service_token/generate_service_key.ts";
import { useTestPlane } from "./testing/use_test_plane.ts";

const plane = useTestPlane();

async function environment(folder: string): Promise<Record<string, string>> {
  const { privateKey } = await generateServiceKey("control-plane", "k-main");
  const { clusters, pops, edges } = plane().deployment;
  const keys = plane().deployment.keys.filter(({ service }) => service !== "control-plane");
  const deployment = { clusters, pops, edges, keys };
  await Deno.writeTextFile(join(folder, "key.json"), JSON.stringify(privateKey));
  await Deno.writeTextFile(join(folder, "deployment.json"), JSON.stringify(deployment));
  return {
    HOSTNAME: "127.0.0.1",
    PORT: "0",
    DATABASE_URL: plane().url,
    SERVICE_KEY_FILE: join(folder, "key.json"),
    DEPLOYMENT_FILE: join(folder, "deployment.json"),
    OPERATOR_CLIENT_ID: "operator",
    OPERATOR_CLIENT_SECRET: "operator secret",
    SECRETS_KEY: randomBytes(32).toString("base64url"),
  };
}

function start(env: Record<string, string>): Deno.ChildProcess {
  const main = new URL("./main.ts", import.meta.url).pathname;
  const args = ["run", "-A", "--unstable-net", main];
  return new Deno.Command(Deno.execPath(), { args, env, stdout: "piped", stderr: "piped" }).spawn();
}

Deno.test("the process says when it is ready, serves, and ends cleanly on SIGTERM", async () => {
  const folder = await Deno.makeTempDir();
  const child = start(await environment(folder));
  const lines = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const ready = JSON.parse((await lines.read()).value!);
  assert.deepEqual([ready.event, ready.service], ["ready", "control-plane"]);
  const health = await fetch(`http://127.0.0.1:${ready.port}/health`);
  assert.deepEqual([health.status, (await health.json()).status], [200, "ok"]);

  const url = `http://127.0.0.1:${ready.port}/internal/pops/FRA/configuration`;
  const authorization = `Bearer ${await plane().serviceToken("pop:FRA")}`;
  const first = await fetch(url, { headers: { authorization } });
  const configuration = await first.json();
  assert.equal(configuration.pop.id, "FRA");
  assert.ok(configuration.keys.some(({ jwk }: { jwk: { kid: string } }) => jwk.kid === "k-main"));
  const headers = { authorization, "if-none-match": first.headers.get("etag")! };
  const poll = fetch(`${url}?wait=20`, { headers });
  // The process knows of the poll once it answers what was asked after it.
  await (await fetch(url, { headers })).body?.cancel();
  const began = performance.now();
  child.kill("SIGTERM");
  assert.equal((await poll).status, 304);
  assert.ok(performance.now() - began < 5_000);
  assert.equal((await lines.read()).done, true);
  assert.equal((await child.status).code, 0);
  await child.stderr.cancel();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a start that cannot succeed says why in one line and exits with 78", async () => {
  const folder = await Deno.makeTempDir();
  const good = await environment(folder);
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const cases: [Record<string, string>, string, RegExp][] = [
    [{ SECRETS_KEY: "short" }, "configuration_invalid", /SECRETS_KEY/],
    [{ DEPLOYMENT_FILE: join(folder, "none") }, "configuration_invalid", /DEPLOYMENT_FILE/],
    [{ PORT: String(taken.addr.port) }, "address_in_use", /is taken/],
    [{ DATABASE_URL: `${plane().url}-none` }, "configuration_invalid", /DATABASE_URL/],
  ];
  for (const [change, code, message] of cases) {
    const child = await start({ ...good, ...change }).output();
    const fatal = new TextDecoder().decode(child.stderr).trim().split("\n").at(-1)!;
    assert.equal(child.code, 78, fatal);
    assert.equal(JSON.parse(fatal).event, "fatal");
    assert.equal(JSON.parse(fatal).code, code);
    assert.match(JSON.parse(fatal).message, message);
  }
  await Deno.remove(folder, { recursive: true });
});
