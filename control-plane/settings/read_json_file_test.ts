import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile } from "./read_json_file.ts";

const schema = z.object({ a: z.number() });

Deno.test("readJsonFile() says what is wrong with a file and never quotes it", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const file = join(dir, "x.json");
    const read = () => readJsonFile(file, schema, "X_FILE");
    await assert.rejects(read(), /X_FILE: .*cannot be read/);
    await Deno.writeTextFile(file, "{secret");
    await assert.rejects(
      read(),
      (e: Error) => /is not JSON/.test(e.message) && !/secret/.test(e.message),
    );
    await Deno.writeTextFile(file, '{"a":"secret"}');
    await assert.rejects(read(), (e: Error) => /a: /.test(e.message) && !/secret/.test(e.message));
    await Deno.writeTextFile(file, '{"a":1}');
    assert.deepEqual(await read(), { a: 1 });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
