import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAddress } from "./parse_address.ts";
import { SourceIndex } from "./source_index.ts";

Deno.test("SourceIndex prefers the longest prefix and keeps the address families apart", () => {
  const index = new SourceIndex([
    { sources: ["203.0.113.0/24", "2001:db8::/32"], value: "carrier" },
    { sources: ["203.0.113.7", "2001:db8:1::/48"], value: "customer" },
    { sources: ["0.0.0.0/0"], value: "anyone" },
  ]);
  assert.deepEqual(index.match("203.0.113.7"), ["customer"]);
  assert.deepEqual(index.match("::ffff:203.0.113.7"), ["customer"]);
  assert.deepEqual(index.match("203.0.113.8"), ["carrier"]);
  assert.deepEqual(index.match("198.51.100.1"), ["anyone"]);
  assert.deepEqual(index.match("2001:db8:1::9"), ["customer"]);
  assert.deepEqual(index.match("2001:db8:2::9"), ["carrier"]);
  assert.deepEqual(index.match("2001:db9::9"), []);
  assert.deepEqual(index.match("no address"), []);
});

Deno.test("SourceIndex returns every entry that shares the longest prefix", () => {
  const index = new SourceIndex([
    { sources: ["10.0.0.0/8"], value: 1 },
    { sources: ["10.9.9.9/8"], value: 2 },
  ]);
  assert.deepEqual(index.match("10.1.2.3"), [1, 2]);
});

Deno.test("SourceIndex agrees with a scan over all prefixes", () => {
  const prefix = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
  fc.assert(fc.property(fc.array(prefix, { maxLength: 40 }), fc.ipV4(), (prefixes, source) => {
    const index = new SourceIndex(
      prefixes.map(([ip, length], i) => ({ sources: [`${ip}/${length}`], value: i })),
    );
    const top = (ip: string, length: number) => parseAddress(ip)!.value >> BigInt(32 - length);
    const longest = Math.max(
      -1,
      ...prefixes.filter(([ip, n]) => top(ip, n) === top(source, n)).map(([, n]) => n),
    );
    const expected = prefixes.flatMap(([ip, n], i) =>
      n === longest && top(ip, n) === top(source, n) ? [i] : []
    );
    assert.deepEqual(index.match(source), expected);
  }));
});
