import assert from "node:assert/strict";
import { etag, isNamed, requireMatch } from "./etag.ts";

Deno.test("requireMatch() compares strongly and tells the current tag", () => {
  for (const header of ['"7"', "*", '"1", "7"', ' "7" ']) requireMatch(header, etag(7));
  requireMatch('"7-yaml"', etag(7), etag("7-yaml"));
  for (const header of ['W/"7"', "7", '"8"', ""]) {
    assert.throws(() => requireMatch(header, etag(7)), {
      code: "precondition_failed",
      data: { etag: '"7"' },
    });
  }
  assert.throws(() => requireMatch(undefined, etag(7)), { code: "precondition_required" });
});

Deno.test("isNamed() compares weakly", () => {
  for (const header of ['"7"', 'W/"7"', "*", '"1",W/"7"']) assert.ok(isNamed(header, etag(7)));
  for (const header of [undefined, "", '"8"', "7"]) assert.ok(!isNamed(header, etag(7)));
});
