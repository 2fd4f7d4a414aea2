import assert from "node:assert/strict";
import { clientAddress } from "./client_address.ts";

function request(clientIp?: string, headers: Record<string, string> = {}): Request {
  return Object.assign(new Request("http://edge/", { headers }), { cf: { clientIp } });
}

Deno.test("clientAddress() is the socket's unless the platform names one", () => {
  assert.equal(clientAddress(request("192.0.2.7:5123"), undefined), "192.0.2.7");
  const named = request("192.0.2.7:5123", { "cf-connecting-ip": "198.51.100.1" });
  assert.equal(clientAddress(named, "cf-connecting-ip"), "198.51.100.1");
  assert.equal(clientAddress(named, undefined), "192.0.2.7");
  assert.equal(clientAddress(request(), undefined), "unknown");
});

Deno.test("clientAddress() sees an IPv6 subscriber's /64 as one", () => {
  const of = (ip: string) => clientAddress(request(ip), undefined);
  assert.equal(of("[2001:db8:1:2:3:4:5:6]:443"), "2001:db8:1:2");
  assert.equal(of("[2001:db8::1]:443"), "2001:db8:0:0");
  assert.equal(of("[::1]:443"), "0:0:0:0");
});
