import assert from "node:assert/strict";
import { generateServiceKey } from "../protocol/service_token/generate_service_key.ts";
import { join } from "node:path";
import { EdgeStage } from "./testing/edge_stage.ts";
import { STAGE } from "./testing/stage_configuration.ts";

Deno.test("the edge over HTTP", async (t) => {
  await using stage = await EdgeStage.open();
  const { url, cell } = stage;
  const problem = async (answer: Promise<Response>): Promise<[number, string]> => {
    const response = await answer;
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    return [response.status, (await response.json()).code];
  };

  await t.step("serves the web app with a policy that lets nothing in from elsewhere", async () => {
    const web = join(stage.folder, "web");
    await Deno.writeTextFile(join(web, "index.html"), "<!DOCTYPE html><title>Desk</title>");
    await Deno.writeTextFile(join(web, "app.js"), "export {};");
    const page = await fetch(url);
    assert.match(await page.text(), /Desk/);
    const { headers } = page;
    assert.equal(headers.get("content-type"), "text/html; charset=utf-8");
    const policy = headers.get("content-security-policy")!;
    assert.match(policy, /connect-src 'self' ws:\/\/nyc\.test:7000 ws:\/\/fra\.test:7000;/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("cache-control"), "no-cache");
    const script = await fetch(`${url}/app.js`);
    assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
    await script.body?.cancel();
    const modified = { "if-modified-since": script.headers.get("last-modified")! };
    assert.equal((await fetch(`${url}/app.js`, { headers: modified })).status, 304);
    assert.equal((await fetch(`${url}/app.js`, { method: "HEAD" })).status, 200);
  });

  await t.step("serves nothing but the web app's files", async () => {
    for (const path of ["/missing.js", "/..%2fkey.json", "/.hidden.js", "/a//b.js", "/folder"]) {
      assert.deepEqual(await problem(fetch(url + path)), [404, "not_found"], path);
    }
  });

  await t.step("answers what it does not know with a problem that names the request", async () => {
    const response = await fetch(`${url}/v1/nothing`, { headers: { "x-request-id": "mine-1" } });
    assert.equal(response.headers.get("x-request-id"), "mine-1");
    assert.match(response.headers.get("content-security-policy")!, /default-src 'none'/);
    assert.equal((await response.json()).instance, "mine-1");
    const wrong = await fetch(`${url}/v1/sign-on`);
    assert.equal(wrong.headers.get("allow"), "POST");
    assert.deepEqual(await problem(Promise.resolve(wrong)), [405, "method_not_allowed"]);
    assert.deepEqual(await problem(fetch(`${url}/v1/session`)), [422, "invalid_request"]);
  });

  await t.step(
    "passes reads through to the tenant's own cell, with the person's token",
    async () => {
      const authorization = `Bearer ${await cell.accessToken(STAGE.tenantId, "anna")}`;
      const paths = ["/v1/interactions?limit=5", "/v1/interactions/abc", "/v1/queues"];
      for (
        const path of [
          ...paths,
          "/v1/flows",
          "/v1/flows/a/diff?from=1",
          "/v1/recordings?limit=5",
          "/v1/recordings/abc/audio",
        ]
      ) {
        const response = await fetch(url + path, { headers: { authorization } });
        assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
        const { path: asked, person } = await response.json();
        assert.deepEqual([asked, person], [path, true]);
      }
    },
  );

  await t.step(
    "passes changes on with their conditions, and what the cell says of them",
    async () => {
      const authorization = `Bearer ${await cell.accessToken(STAGE.tenantId, "anna")}`;
      for (const method of ["PUT", "PATCH", "POST", "DELETE"]) {
        const response = await fetch(`${url}/v1/configuration/queues/sales?dry=1`, {
          method,
          headers: { authorization, "if-match": '"1"', "content-type": "application/json" },
          body: '{"name":"Sales"}',
        });
        assert.equal(response.headers.get("etag"), '"2"');
        assert.equal(response.headers.get("x-inside"), null);
        assert.deepEqual(await response.json(), {
          method,
          path: "/v1/configuration/queues/sales?dry=1",
          person: true,
          match: '"1"',
          text: '{"name":"Sales"}',
        });
      }
    },
  );

  await t.step(
    "hands a stream on as it comes, and tells the cell when its reader left",
    async () => {
      const authorization = `Bearer ${await cell.accessToken(STAGE.tenantId, "anna")}`;
      const path = `${url}/v1/interactions/${crypto.randomUUID()}/trace/stream`;
      const open = async () => {
        const response = await fetch(path, { headers: { authorization, "last-event-id": "3.1" } });
        assert.equal(response.headers.get("content-type"), "text/event-stream");
        assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
        return response.body!.pipeThrough(new TextDecoderStream()).getReader();
      };
      const reader = await open();
      assert.equal((await reader.read()).value, ": after 3.1\n\n");
      for (const text of ["id: 1\ndata: a\n\n", "id: 2\ndata: b\n\n"]) {
        cell.stream!.say(text);
        assert.equal((await reader.read()).value, text, "nothing waits for more");
      }
      cell.stream!.close();
      assert.equal((await reader.read()).done, true);
      const leaving = await open();
      await leaving.read();
      await leaving.cancel();
      const { left, say } = cell.stream!;
      let reads = true;
      left.then(() => reads = false);
      // A way that is closed shows when something is sent on it.
      while (reads) {
        say(": still here\n\n");
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  );

  await t.step("lets nobody read without a good token of their own cluster", async () => {
    const read = (token: string) =>
      problem(fetch(`${url}/v1/queues`, { headers: { authorization: `Bearer ${token}` } }));
    assert.deepEqual(await problem(fetch(`${url}/v1/queues`)), [401, "unauthenticated"]);
    const late = await cell.accessToken(STAGE.tenantId, "anna", -60);
    assert.deepEqual(await read(late), [401, "token_expired"]);
    const foreign = await stage.otherCell.accessToken(STAGE.tenantId, "anna");
    assert.deepEqual(await read(foreign), [401, "unauthenticated"]);
  });

  await t.step("says when the cluster is away", async () => {
    const authorization = `Bearer ${await cell.accessToken(STAGE.tenantId, "anna")}`;
    await cell.stop();
    const away = fetch(`${url}/v1/queues`, { headers: { authorization } });
    assert.deepEqual(await problem(away), [503, "cluster_unavailable"]);
    cell.start();
  });

  await t.step("goes on with the last configuration without its control plane", async () => {
    await stage.controlPlane.stop();
    await stage.edge.stop();
    await stage.start();
    const health = await fetch(`${url}/health`);
    assert.deepEqual(await health.json(), {
      service: "edge:test",
      status: "ok",
      configuration: "v1",
    });
    const body = { tenant: "acme", username: "anna", password: "open sesame" };
    const signedOn = await stage.post("/v1/sign-on", body);
    assert.equal(signedOn.status, 200);
    await signedOn.body?.cancel();
    const metrics = await (await fetch(`${url}/metrics`)).text();
    assert.match(metrics, /^antiphon_edge_requests_total\{status="200"\} \d+$/m);
  });

  await t.step("takes a new configuration as soon as there is one", async () => {
    const { configuration } = stage.controlPlane;
    const tenants = configuration.tenants.map((tenant) => ({
      ...tenant,
      status: "suspended" as const,
    }));
    stage.controlPlane.publish({ version: "v2", tenants });
    stage.controlPlane.start();
    const version = async () => (await (await fetch(`${url}/health`)).json()).configuration;
    for (const until = Date.now() + 15_000; await version() !== "v2";) {
      assert.ok(Date.now() < until, "the new configuration did not come");
    }
    const authorization = `Bearer ${await cell.accessToken(STAGE.tenantId, "anna")}`;
    const read = fetch(`${url}/v1/queues`, { headers: { authorization } });
    assert.deepEqual(await problem(read), [403, "forbidden"]);
  });

  await t.step("refuses a configuration that is forged or older, also over a restart", async () => {
    const { controlPlane } = stage;
    const { key, sequence } = controlPlane;
    const version = async () => (await (await fetch(`${url}/health`)).json()).configuration;
    const refusals = () => stage.lines.filter((line) => /configuration\.refused/.test(line)).length;
    const refused = async (publish: () => void) => {
      const before = refusals();
      publish();
      for (const until = Date.now() + 15_000; refusals() === before;) {
        assert.ok(Date.now() < until, "nothing was refused");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.equal(await version(), "v2");
    };
    const forger = await generateServiceKey("control-plane", key.jwk.kid);
    await refused(() => {
      controlPlane.key = forger.privateKey;
      controlPlane.publish({ version: "evil" }, sequence + 5);
    });
    await refused(() => {
      controlPlane.key = key;
      controlPlane.publish({ version: "older" }, sequence - 1);
    });
    await stage.edge.stop();
    await stage.start();
    assert.equal(await version(), "v2");
    controlPlane.publish({ version: "v3" }, sequence + 1);
    for (const until = Date.now() + 15_000; await version() !== "v3";) {
      assert.ok(Date.now() < until, "the new configuration did not come");
    }
  });
});
