import assert from "node:assert/strict";
import { nearestPop } from "./nearest_pop.ts";

const pops = ["us-east", "eu-west", "eu-central", "ap-south"].map((region) => ({
  id: region.toUpperCase(),
  name: region,
  region,
  url: "http://pop.test",
  sip: [],
}));
const region = (home: string, continent?: string) => nearestPop(pops, home, continent)?.region;

Deno.test("nearestPop() is in the home region when nobody knows where the person is", () => {
  assert.equal(region("eu-central"), "eu-central");
  assert.equal(region("eu-north"), "eu-west");
  assert.equal(region("sa-east"), "us-east");
});

Deno.test("nearestPop() is on the person's continent, wherever their tenant lives", () => {
  assert.equal(region("us-east", "EU"), "eu-west");
  assert.equal(region("eu-central", "EU"), "eu-central");
  assert.equal(region("eu-central", "NA"), "us-east");
  assert.equal(region("eu-central", "OC"), "ap-south");
  assert.equal(region("us-east", "T1"), "us-east");
});

Deno.test("nearestPop() is undefined without PoPs", () => {
  assert.equal(nearestPop([], "eu-central", "EU"), undefined);
});
