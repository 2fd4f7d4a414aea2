import assert from "node:assert/strict";
import { contentType } from "./content_type.ts";

Deno.test("contentType() knows a web app's files and guesses at nothing", () => {
  assert.equal(contentType("/app.js"), "text/javascript; charset=utf-8");
  assert.equal(contentType("/a/icon.svg"), "image/svg+xml");
  assert.equal(contentType("/secrets"), "application/octet-stream");
});
