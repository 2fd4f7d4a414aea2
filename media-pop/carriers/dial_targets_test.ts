import assert from "node:assert/strict";
import { dialTargets } from "./dial_targets.ts";

const udp = (hostname: string) => ({ transport: "udp" as const, hostname, port: 5060 });
const tcp = (hostname: string) => ({ transport: "tcp" as const, hostname, port: 5060 });
const never = () => Promise.reject(new Error("not asked"));
const to = (host: string, transport: "udp" | "tcp" = "udp") => ({ host, port: 5062, transport });

Deno.test("dialTargets() takes a listener of the transport and family, the preferred one first", async () => {
  const listeners = [udp("192.0.2.1"), tcp("192.0.2.1"), udp("192.0.2.2"), udp("2001:db8::1")];
  const reach = async (host: string, transport: "udp" | "tcp") =>
    (await dialTargets(to(host, transport), listeners, "192.0.2.2", never))
      .map(({ listener }) => `${listener.transport} ${listener.hostname}`);
  assert.deepEqual(await reach("198.51.100.1", "udp"), ["udp 192.0.2.2"]);
  assert.deepEqual(await reach("198.51.100.1", "tcp"), ["tcp 192.0.2.1"]);
  assert.deepEqual(await reach("2001:db8::9", "udp"), ["udp 2001:db8::1"]);
  assert.deepEqual(await reach("2001:db8::9", "tcp"), []);
});

Deno.test("dialTargets() tries the addresses of a name, four at most", async () => {
  const found = ["2001:db8::1", ...[1, 2, 3, 4, 5].map((i) => `198.51.100.${i}`)];
  const resolve = (name: string) => Promise.resolve(name === "sbc.example" ? found : []);
  const targets = await dialTargets(to("sbc.example"), [udp("0.0.0.0")], "0.0.0.0", resolve);
  assert.deepEqual(targets.map(({ address, port }) => `${address}:${port}`), [
    ...["198.51.100.1:5062", "198.51.100.2:5062", "198.51.100.3:5062", "198.51.100.4:5062"],
  ]);
  await assert.rejects(dialTargets(to("sbc.example"), [udp("0.0.0.0")], "", never));
});

Deno.test("dialTargets() leaves by the listener that is nearest where none is preferred", async () => {
  const listeners = [udp("127.0.0.1"), udp("192.0.2.1"), udp("10.1.2.1"), udp("10.9.0.1")];
  const from = async (host: string) =>
    (await dialTargets(to(host), listeners, null, never))[0]?.listener.hostname;
  assert.equal(await from("10.9.0.2"), "10.9.0.1");
  assert.equal(await from("10.1.2.9"), "10.1.2.1");
  assert.equal(await from("127.0.5.1"), "127.0.0.1");
});

Deno.test("dialTargets() keeps out of our own house", async () => {
  const all = [udp("0.0.0.0"), udp("192.0.2.1"), udp("::")];
  const bad = ["127.0.0.1", "169.254.169.254", "224.0.0.1", "0.0.0.0", "::1", "fe80::1", "ff02::1"];
  for (const host of [...bad, "::ffff:127.0.0.1", "::"]) {
    assert.deepEqual(await dialTargets(to(host), all, "0.0.0.0", never), [], host);
  }
  const local = await dialTargets(to("127.0.0.9"), [udp("127.0.0.1")], "", never);
  assert.equal(local.length, 1);
  assert.equal((await dialTargets(to("10.1.2.3"), all, "", never)).length, 1);
});
