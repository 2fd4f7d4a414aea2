import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../peers/until.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { siteLost } from "../story/outages.ts";
import { RunningCommand } from "../story/running_command.ts";
import { agent, caller } from "../story/stage.ts";

let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({});
  await stage.redundant();
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

/** Runs `deno task cluster` on the stage's platform. */
async function cluster(words: readonly string[]): Promise<{ code: number; output: string }> {
  const command = new RunningCommand("cluster", ...words, "--data", stage.dataFolder);
  return { code: await command.ended(), output: command.output };
}

/** The commands of the page, in order, without their common beginning. */
async function commands(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("../../docs/failover.md", import.meta.url));
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, lines]) => lines.trim().split("\n"))
    .map((line) => {
      assert.ok(line.startsWith("deno task cluster "), line);
      return line.slice("deno task cluster ".length);
    });
}

/** What each command of the page is to say, and its exit code where that is not 0. */
const EXPECTED: Readonly<Record<string, [says: RegExp, code?: number]>> = {
  "status": [
    /● E39 is active in eu-central; us-east has everything[\s\S]*● C14 is active in us-east/,
  ],
  "status E39 --json": [/"health":"redundant"/],
  "audit E39": [/eu-central was made/],
  "rehearse E39 --to us-east": [/could move from eu-central to us-east now; nothing was done/],
  "switch E39 --to us-east": [/E39 moved from eu-central to us-east, epoch \d+ to \d+/],
  "drill E39": [/E39 went from us-east to eu-central[\s\S]*redundant again, after the return/],
  "restart E39": [/cell-E39-us-east is started anew[\s\S]*edge is renewed/],
  "promote E39 --to us-east": [/does not move .* another site holds it/, 1],
};

Deno.test("the commands of docs/failover.md do what the page says", async () => {
  const lines = await commands();
  assert.deepEqual(lines, Object.keys(EXPECTED));
  for (const line of lines) {
    await until("the cluster to be redundant", async () => {
      return (await cluster(["status"])).code === 0;
    }, 60_000);
    const [says, code = 0] = EXPECTED[line];
    const ran = await cluster(line.split(" "));
    assert.match(ran.output, says, `${line}: ${ran.output}`);
    assert.equal(ran.code, code, `${line}: ${ran.output}`);
  }
});

Deno.test("the audit tells of the drill, and a move to where the cluster is, is refused", async () => {
  assert.match((await cluster(["audit", "E39"])).output, /drill from us-east to eu-central/);
  const refused = await cluster(["switch", "E39", "--to", "eu-central", "--json"]);
  assert.notEqual(refused.code, 0);
  const unknown = await cluster(["status", "E40"]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.output, /no cluster E40; there are E39, C14/);
});

Deno.test("the control plane tells of a cluster and has its keepers rehearse a move", async () => {
  const { operator } = JSON.parse(
    await Deno.readTextFile(join(stage.dataFolder, "secrets", "secrets.json")),
  );
  const url = `${stage.controlPlaneUrl}/v1`;
  const signOn = await fetch(`${url}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: operator.clientId,
      client_secret: operator.clientSecret,
    }),
  });
  const headers = {
    authorization: `Bearer ${(await signOn.json()).access_token}`,
    "content-type": "application/json",
  };
  const cluster = await (await fetch(`${url}/clusters/E39`, { headers })).json();
  assert.equal(cluster.active.site, "eu-central", JSON.stringify(cluster));
  const begun = await fetch(`${url}/clusters/E39/switch-overs`, {
    ...{ method: "POST", headers },
    body: JSON.stringify({ to: "us-east", rehearse: true, requestedBy: "operator" }),
  });
  const { state, checks } = await begun.json();
  assert.deepEqual([begun.status, state], [202, "done"]);
  assert.ok(checks.every(({ ok }: { ok: boolean }) => ok));
});

Deno.test("a site is lost under a caller who waits and an agent who is signed on", async () => {
  await stage.redundant();
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  assert.deepEqual(await siteLost(stage, phone, desktop), {
    ...{ samePlace: true, heardWithoutSite: true, reachedAgent: true },
  });
  await stage.start("keeper-eu-central");
  await stage.start("cell-E39-eu-central");
  await until("the old site to follow", async () => {
    return (await cluster(["status", "E39"])).code === 0;
  }, 60_000);
  const back = await cluster(["switch", "E39", "--to", "eu-central"]);
  assert.equal(back.code, 0, back.output);
  await until("both to be in sync", async () => (await cluster(["status"])).code === 0, 60_000);
});

Deno.test("a drill is refused while the standby is away", async () => {
  await stage.kill("keeper-us-east");
  await stage.kill("postgres-E39-us-east");
  await until("the cluster to be degraded", async () => {
    return /E39 is active in eu-central alone/.test((await cluster(["status", "E39"])).output);
  }, 30_000);
  const drill = await cluster(["drill", "E39"]);
  assert.equal(drill.code, 1);
  assert.match(drill.output, /would be an outage now/);
  await stage.start("keeper-us-east");
  await until("the standby to be back", async () => {
    return (await cluster(["status", "E39"])).code === 0;
  }, 60_000);
});
