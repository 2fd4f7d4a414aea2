import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { checkEgress } from "./check_egress.ts";
import { isPublicAddress } from "./is_public_address.ts";

const policy = {
  allow: new Set(["127.0.0.1:9000"]),
  resolve: (host: string) =>
    host === "inside.example"
      ? Promise.resolve(["93.184.216.34", "10.0.0.1"])
      : host === "gone.example"
      ? Promise.reject(new Error("NXDOMAIN"))
      : Promise.resolve(["93.184.216.34"]),
};
const refused = (e: unknown) => e instanceof AntiphonError && e.code === "egress_refused";

Deno.test("checkEgress() lets public https and allowed hosts through", async () => {
  await checkEgress(new URL("https://graph.facebook.com/v23.0/1/messages"), policy);
  await checkEgress(new URL("http://127.0.0.1:9000/v23.0"), policy);
});

Deno.test("checkEgress() refuses everything that could reach inside", async () => {
  for (
    const url of [
      "http://graph.facebook.com/",
      "https://127.0.0.1/",
      "https://0x7f000001/",
      "https://[::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://inside.example/",
      "https://gone.example/",
      "https://user:secret@graph.facebook.com/",
      "http://127.0.0.1:9001/",
    ]
  ) await assert.rejects(checkEgress(new URL(url), policy), refused, url);
});

Deno.test("isPublicAddress() knows the special-purpose prefixes", () => {
  for (const a of ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"]) {
    assert.equal(isPublicAddress(a), true, a);
  }
  for (
    const a of ["0.0.0.0", "100.64.1.1", "172.31.255.255", "255.255.255.255", "fe80::1", "fd00::1"]
      .concat("2001:db8::1", "2002:7f00:1::", "::", "::ffff:127.0.0.1", "not-an-address")
  ) assert.equal(isPublicAddress(a), false, a);
});
