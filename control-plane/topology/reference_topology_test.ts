import assert from "node:assert/strict";
import { Geography } from "./geography.ts";
import { REFERENCE_TOPOLOGY } from "./reference_topology.ts";

Deno.test("every geography of the reference topology is whole and served from somewhere", () => {
  const serving = REFERENCE_TOPOLOGY.flatMap((geography) => geography.serviceRegions);
  for (const geography of REFERENCE_TOPOLOGY) {
    Geography.parse(geography);
    assert.equal(geography.serviceRegions.length === 0, geography.servedFrom !== null);
    if (geography.servedFrom) assert.ok(serving.includes(geography.servedFrom));
    const media = geography.mediaRegions.map((region) => region.id);
    for (const pop of geography.pops) assert.ok(media.includes(pop.region), pop.id);
  }
});

Deno.test("the reference topology has 16 PoPs, each once, and two geographies without services", () => {
  const pops = REFERENCE_TOPOLOGY.flatMap((geography) => geography.pops.map((pop) => pop.id));
  assert.equal(pops.length, 16);
  assert.equal(new Set(pops).size, pops.length);
  const without = REFERENCE_TOPOLOGY.filter((geography) => geography.serviceRegions.length === 0);
  assert.deepEqual(without.map((geography) => geography.id), ["brazil", "india"]);
});
