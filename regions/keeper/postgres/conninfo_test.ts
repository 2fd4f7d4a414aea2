import assert from "node:assert/strict";
import fc from "fast-check";
import { conninfo } from "./conninfo.ts";

Deno.test("conninfo() quotes values", () => {
  assert.equal(
    conninfo({ host: "127.0.0.1", port: 5432, password: "it's \\ odd" }),
    "host='127.0.0.1' port='5432' password='it\\'s \\\\ odd'",
  );
});

Deno.test("conninfo() can be read back whatever the password", () => {
  fc.assert(fc.property(fc.string(), (password) => {
    const text = conninfo({ password, last: "x" });
    const [, quoted] = /^password='((?:[^'\\]|\\.)*)' last='x'$/s.exec(text)!;
    assert.equal(quoted.replace(/\\(.)/gs, "$1"), password);
  }));
});
