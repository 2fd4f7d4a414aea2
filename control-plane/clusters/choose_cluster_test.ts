import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { chooseCluster } from "./choose_cluster.ts";

const clusters = [
  { id: "E39", homeRegion: "eu-central", tenants: 9 },
  { id: "E40", homeRegion: "eu-central", tenants: 2 },
  { id: "C14", homeRegion: "us-east", tenants: 0 },
];
const field = (path: string) => (e: unknown) =>
  e instanceof AntiphonError && e.code === "invalid_request" &&
  (e.data.fields as { path: string }[])[0].path === path;

Deno.test("chooseCluster() takes the named cluster, the region's emptiest, or the first", () => {
  assert.equal(chooseCluster(clusters, { clusterId: "E39" }), "E39");
  assert.equal(chooseCluster(clusters, { region: "eu-central" }), "E40");
  assert.equal(chooseCluster(clusters, { region: "us-east" }), "C14");
  assert.equal(chooseCluster(clusters, {}), "E39");
});

Deno.test("chooseCluster() serves a region without services from another", () => {
  assert.equal(chooseCluster(clusters, { region: "sa-east" }), "C14");
});

Deno.test("chooseCluster() names the field that cannot be met", () => {
  assert.throws(() => chooseCluster(clusters, { clusterId: "Z9" }), field("clusterId"));
  assert.throws(() => chooseCluster(clusters, { region: "ap-tokyo" }), field("region"));
  assert.throws(() => chooseCluster(clusters, { region: "mars" }), field("region"));
  assert.throws(() => chooseCluster([], {}), /No cluster is deployed/);
});
