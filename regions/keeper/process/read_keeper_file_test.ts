import assert from "node:assert/strict";
import { join } from "node:path";
import { readKeeperFile } from "./read_keeper_file.ts";
import { keeperFile } from "./testing/keeper_file.ts";

async function reading(text: string) {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, text);
  try {
    return await readKeeperFile(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readKeeperFile() takes a whole file and names what is missing", async () => {
  const file = await reading(JSON.stringify(await keeperFile()));
  assert.equal(file.servers[0].superuser.name, "antiphon_admin");
  assert.equal(file.postgres.binFolder, null);
  await assert.rejects(readKeeperFile(undefined), /Set KEEPER_FILE/);
  await assert.rejects(readKeeperFile(join("/no", "such")), { code: "configuration_invalid" });
  await assert.rejects(reading("{"), /is no JSON/);
});

for (
  const [wrong, change] of [
    [/odd number of witnesses/, { witnesses: [] }],
    [/cannot be empty|keys/, { keys: [] }],
    [/own site among its sites/, { site: "asia" }],
    [/stateDir/, { stateDir: "relative" }],
  ] as const
) {
  Deno.test(`readKeeperFile() refuses ${JSON.stringify(change)}`, async () => {
    await assert.rejects(reading(JSON.stringify({ ...await keeperFile(), ...change })), wrong);
  });
}

Deno.test("readKeeperFile() never tells a password", async () => {
  const file = await keeperFile();
  file.servers[0].superuser.password = "short secret";
  await assert.rejects(reading(JSON.stringify(file)), (error: Error) => {
    return !Deno.inspect(error).includes("short secret") && /password/.test(error.message);
  });
});
