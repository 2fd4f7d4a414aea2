import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import { prefixesOverlap } from "./prefixes_overlap.ts";
import { sourcePrefix } from "./source_prefix.ts";

Deno.test("sourcePrefix() reads addresses and prefixes of both families", () => {
  assert.deepEqual(sourcePrefix("203.0.113.7"), { family: 4, first: 0xcb007107n, length: 32 });
  assert.deepEqual(sourcePrefix("203.0.113.7/24"), { family: 4, first: 0xcb007100n, length: 24 });
  assert.deepEqual(sourcePrefix("0.0.0.0/0"), { family: 4, first: 0n, length: 0 });
  assert.deepEqual(sourcePrefix("2001:db8::1"), {
    family: 6,
    first: 0x20010db8000000000000000000000001n,
    length: 128,
  });
  assert.deepEqual(sourcePrefix("2001:DB8:1:2::/48"), {
    family: 6,
    first: 0x20010db8000100000000000000000000n,
    length: 48,
  });
  assert.deepEqual(sourcePrefix("::/0"), { family: 6, first: 0n, length: 0 });
});

Deno.test("sourcePrefix() refuses what is no prefix, and IPv4 in IPv6's clothes", () => {
  const bad = ["", "x", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/8/8"];
  const bad6 = ["::1/129", "fe80::1%eth0", ":::", "::ffff:1.2.3.4", "::ffff:0:0/96", "[::1]"];
  for (const text of [...bad, ...bad6]) assert.equal(sourcePrefix(text), null, text);
});

Deno.test("sourcePrefix() agrees with the platform's own block list", () => {
  const length = fc.integer({ min: 0, max: 32 });
  fc.assert(fc.property(fc.ipV4(), length, fc.ipV4(), (network, length, address) => {
    const list = new BlockList();
    list.addSubnet(network, length, "ipv4");
    const inside = prefixesOverlap(sourcePrefix(`${network}/${length}`)!, sourcePrefix(address)!);
    assert.equal(inside, list.check(address, "ipv4"));
  }));
});

Deno.test("prefixesOverlap() is symmetric and holds for a prefix and its own address", () => {
  const v6 = fc.ipV6().filter((text) => sourcePrefix(text) !== null);
  fc.assert(fc.property(v6, fc.integer({ min: 1, max: 128 }), v6, (a, length, b) => {
    const prefix = sourcePrefix(`${a}/${length}`);
    if (prefix === null) return;
    assert.ok(prefixesOverlap(prefix, sourcePrefix(a)!));
    const other = sourcePrefix(b)!;
    assert.equal(prefixesOverlap(prefix, other), prefixesOverlap(other, prefix));
    assert.equal(prefixesOverlap(prefix, sourcePrefix("10.0.0.0/8")!), false);
  }));
});
