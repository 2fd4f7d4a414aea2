import assert from "node:assert/strict";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { Topology } from "./topology.ts";

const plane = useTestPlane();

Deno.test("the topology shows what is planned and what is deployed", async () => {
  const { token } = await plane().partner();
  const { status, body } = await plane().call("GET", "/v1/topology", { token });
  assert.equal(status, 200);
  const { geographies, deployed } = Topology.parse(body);
  assert.equal(geographies.length, 9);
  assert.deepEqual(deployed.clusters, [
    { id: "C14", homeRegion: "us-east", standbyRegion: null },
    { id: "E39", homeRegion: "eu-central", standbyRegion: "us-east" },
  ]);
  assert.deepEqual(deployed.pops.map(({ id, sip }) => [id, sip]), [
    ["FRA", ["udp:127.0.0.1:7060"]],
    ["NYC", []],
  ]);
  assert.doesNotMatch(JSON.stringify(body), /e39-home/);
});

refusesStrangers(plane, [["GET", "/v1/topology", "topology:read"]]);
