import assert from "node:assert/strict";
import { COMPATIBILITY_DATE, OBJECTS } from "./workerd_config.ts";

Deno.test("wrangler's configuration and workerd's agree", async () => {
  const path = new URL("../worker/wrangler.jsonc", import.meta.url);
  const text = (await Deno.readTextFile(path)).replace(/^\s*\/\/.*$/gm, "");
  const wrangler = JSON.parse(text);
  assert.equal(wrangler.compatibility_date, COMPATIBILITY_DATE);
  assert.deepEqual(
    wrangler.durable_objects.bindings,
    Object.entries(OBJECTS).map(([name, class_name]) => ({ name, class_name })),
  );
  assert.deepEqual(wrangler.migrations[0].new_sqlite_classes, Object.values(OBJECTS));
});
