import assert from "node:assert/strict";
import { matchesEtag } from "./matches_etag.ts";

Deno.test("matchesEtag() knows strong, weak, bare and listed tags", () => {
  for (const header of ['"v1"', 'W/"v1"', "v1", '"v0", "v1"', "*"]) {
    assert.equal(matchesEtag(header, "v1"), true, header);
  }
  for (const header of [undefined, "", '"v2"', '"v11"']) {
    assert.equal(matchesEtag(header, "v1"), false, header);
  }
});
