import assert from "node:assert/strict";
import { Dialog, type DialogParts } from "./dialog.ts";

function dialog(parts: Partial<DialogParts> = {}): Dialog {
  return new Dialog({
    callId: "c",
    localTag: "l",
    remoteTag: "r",
    local: "<sip:me@a>;tag=l",
    remote: "<sip:you@b>;tag=r",
    remoteTarget: "sip:you@192.0.2.9:5070",
    routes: [],
    localCseq: 0,
    remoteCseq: 5,
    ...parts,
  });
}

const routeOf = (request: { headers: readonly (readonly [string, string])[] }) =>
  request.headers.filter(([name]) => name === "Route").map(([, value]) => value);

Deno.test("without routes a request goes to the peer's Contact", () => {
  const one = dialog();
  const request = one.request("BYE");
  assert.equal(request.uri, "sip:you@192.0.2.9:5070");
  assert.deepEqual(routeOf(request), []);
  assert.equal(one.nextHop()?.port, 5070);
  assert.equal(request.cseq, 1);
  assert.equal(one.request("ACK", [], undefined, 1).cseq, 1);
  assert.equal(one.request("BYE").cseq, 2);
});

Deno.test("loose routes are followed in order", () => {
  const one = dialog({ routes: ["<sip:192.0.2.1;lr>", "<sip:192.0.2.2;lr>"] });
  const request = one.request("BYE");
  assert.equal(request.uri, "sip:you@192.0.2.9:5070");
  assert.deepEqual(routeOf(request), ["<sip:192.0.2.1;lr>", "<sip:192.0.2.2;lr>"]);
  assert.equal(one.nextHop()?.host, "192.0.2.1");
});

Deno.test("a strict router gets the request in its own name", () => {
  const request = dialog({ routes: ["<sip:192.0.2.1>", "<sip:192.0.2.2;lr>"] }).request("BYE");
  assert.equal(request.uri, "sip:192.0.2.1");
  assert.deepEqual(routeOf(request), ["<sip:192.0.2.2;lr>", "<sip:you@192.0.2.9:5070>"]);
});

Deno.test("sequence numbers of the peer never go down", () => {
  const one = dialog();
  assert.deepEqual([6, 6, 8, 7, 9].map((number) => one.accepts(number)), [
    true,
    true,
    true,
    false,
    true,
  ]);
});

Deno.test("a target without a host has no next hop", () => {
  assert.equal(dialog({ remoteTarget: "tel:+331" }).nextHop(), undefined);
  assert.equal(dialog({ remoteTarget: "isbn:1" }).nextHop(), undefined);
});
