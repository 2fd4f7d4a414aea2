import assert from "node:assert/strict";
import fc from "fast-check";
import { formatNameAddr } from "./format_name_addr.ts";
import { parseNameAddr } from "./parse_name_addr.ts";

Deno.test("any display name survives writing and reading", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (display) => {
      const read = parseNameAddr(formatNameAddr(display, "sip:+331@192.0.2.1;user=phone"));
      assert.equal(read.display, display.replace(/[\r\n]+/g, " "));
      assert.equal(read.uri, "sip:+331@192.0.2.1;user=phone");
    }),
    { seed: 20 },
  );
  assert.throws(() => formatNameAddr("x", "sip:a b@c"), { code: "sip_malformed" });
});
