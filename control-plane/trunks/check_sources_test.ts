import assert from "node:assert/strict";
import { checkSources } from "./check_sources.ts";

const partner = { operator: false, partnerId: "p1" };
const paths = (...args: Parameters<typeof checkSources>) =>
  checkSources(...args).map((found) => found.path);

Deno.test("checkSources() lets loopback, private and public sources through", () => {
  const sources = ["127.0.0.1", "10.0.0.0/8", "203.0.113.7", "2001:db8::/32", "::1"];
  assert.deepEqual(paths(sources, partner, []), []);
});

Deno.test("checkSources() keeps sources that are much of the world for the operator", () => {
  const wide = ["0.0.0.0/0", "128.0.0.0/1", "::/0", "2000::/3", "203.0.113.0/24"];
  assert.deepEqual(paths(wide, partner, []), ["sources.0", "sources.1", "sources.2", "sources.3"]);
  assert.deepEqual(paths(wide, { ...partner, operator: true }, []), []);
});

Deno.test("checkSources() refuses what another partner has at the PoP, but for loopback", () => {
  const theirs = [{ partnerId: "p2", sources: ["203.0.113.0/24", "127.0.0.1"] }];
  const found = checkSources(["198.51.100.1", "203.0.113.7", "127.0.0.1"], partner, theirs);
  assert.deepEqual(found.map(({ path, taken }) => [path, taken]), [["sources.1", true]]);
  assert.deepEqual(paths(["203.0.113.7"], { ...partner, partnerId: "p2" }, theirs), []);
});
