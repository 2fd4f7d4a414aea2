import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { ENTITY_KIND_NAMES } from "../../protocol/configuration/entity_kinds.ts";
import { KeeperFile } from "../../protocol/keeper/keeper_file.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { ALONE, STAGED } from "../bench/benches.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "media-pop/README.md"].concat(
  "regions/routing/README.md",
  "regions/channels/README.md",
  "regions/flows/expressions/README.md",
  "docs/configuration.md",
  "docs/flows.md",
  "docs/expressions.md",
  "docs/virtual-agents.md",
  "docs/failover.md",
  "docs/patroni.md",
  "regions/flows/activities/virtual_agent/README.md",
);
const read = (name: string) => Deno.readTextFile(`${ROOT}/${name}`);

for (const name of DOCUMENTS) {
  Deno.test(`${name} names only tasks and files that exist`, async () => {
    const text = await read(name);
    const { tasks } = JSON.parse(await read("deno.json"));
    for (const [, task] of text.matchAll(/deno(?:@[\d.]+)? task ([a-z]+)/g)) {
      assert.ok(task in tasks, `deno task ${task}`);
    }
    const folder = name.includes("/") ? name.slice(0, name.lastIndexOf("/") + 1) : "";
    for (const [, path] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      assert.ok(await exists(folder + path), path);
    }
    const rooms = /`((?:control-plane|regions|media-pop|edge|protocol|local|tests)\/[\w./-]*)`/g;
    for (const [, path] of text.matchAll(rooms)) assert.ok(await exists(path), path);
  });
}

Deno.test("README names the benches there are", async () => {
  const line = (await read("README.md")).split("\n").find((text) => text.includes("task bench"))!;
  for (const name of Object.keys({ ...ALONE, ...STAGED })) {
    assert.ok(line.includes(`\`${name}\``), name);
  }
});

Deno.test("docs/failover.md shows a keeper's file that a keeper takes, and metrics that it has", async () => {
  const text = await read("docs/failover.md");
  const [, json] = /^```json\n([\s\S]*?)^```$/m.exec(text)!;
  const { publicKey } = await generateServiceKey("keeper:eu-central", "k1");
  const file = KeeperFile.parse({ ...JSON.parse(json), keys: [publicKey] });
  assert.deepEqual(file.servers.map(({ name }) => name), ["E39"]);
  const metrics = await read("regions/keeper/api/keeper_metrics.ts");
  for (const [, name] of text.matchAll(/`antiphon_keeper_([a-z_]+)`/g)) {
    assert.ok(metrics.includes(`"${name}"`), name);
  }
});

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(`${ROOT}/${path}`).then(() => true, () => false);
}

Deno.test("docs/configuration.md names every kind of entity", async () => {
  const text = await read("docs/configuration.md");
  for (const kind of ENTITY_KIND_NAMES) assert.ok(text.includes(`\`${kind}\``), kind);
});
