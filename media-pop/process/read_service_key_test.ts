import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { readServiceKey } from "./read_service_key.ts";

Deno.test("readServiceKey() takes the PoP's own key only", async () => {
  const path = await Deno.makeTempFile();
  const { privateKey } = await generateServiceKey("pop:FRA", "pop-fra-1");
  await Deno.writeTextFile(path, JSON.stringify(privateKey));
  assert.deepEqual(await readServiceKey(path, "pop:FRA"), privateKey);
  await assert.rejects(readServiceKey(path, "pop:AMS"), AntiphonError);
  await Deno.writeTextFile(path, "{}");
  await assert.rejects(readServiceKey(path, "pop:FRA"), AntiphonError);
  await Deno.remove(path);
  await assert.rejects(readServiceKey(path, "pop:FRA"), AntiphonError);
});
