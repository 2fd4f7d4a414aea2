import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import { yamlText } from "./yaml_text.ts";

Deno.test("yamlText() writes what one go would write, with turns in between", async () => {
  const item = (i: number) => ({ id: `id-${i}`, list: [i, { a: "multi\nline" }], "odd key": null });
  const document = {
    few: [item(1)],
    none: [],
    many: Array.from({ length: 1201 }, (_, i) => item(i)),
    settings: { a: 1 },
  };
  let turns = 0;
  const text = await yamlText(document, () => Promise.resolve(void turns++));
  assert.equal(text, stringify(document, { lineWidth: 100 }));
  assert.deepEqual(parse(text), document);
  assert.equal(turns, 3);
});
