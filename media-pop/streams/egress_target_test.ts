import assert from "node:assert/strict";
import { egressTarget } from "./egress_target.ts";

const egress = {
  allow: new Set(["127.0.0.1:9000", "bot.local:9000"]),
  resolve: (host: string) =>
    host === "inside.example"
      ? Promise.resolve(["93.184.216.34", "10.0.0.1"])
      : host === "gone.example"
      ? Promise.reject(new Error("NXDOMAIN"))
      : Promise.resolve(host === "bot.local" ? ["127.0.0.1"] : ["93.184.216.34"]),
};

Deno.test("a public wss address and what the operator allowed may be called, at that address", async () => {
  assert.deepEqual(await egressTarget("wss://bot.example/talk", egress), {
    ...{ hostname: "bot.example", port: 443, address: "93.184.216.34", tls: true },
  });
  assert.deepEqual(await egressTarget("ws://bot.local:9000/", egress), {
    ...{ hostname: "bot.local", port: 9000, address: "127.0.0.1", tls: false },
  });
  assert.equal((await egressTarget("ws://127.0.0.1:9000/x", egress)).address, "127.0.0.1");
});

Deno.test("what could reach inside, or is not encrypted, is not called", async () => {
  for (
    const url of [
      "ws://bot.example/",
      "https://bot.example/",
      "wss://127.0.0.1/",
      "wss://127.0.0.1:9001/",
      "wss://0x7f000001/",
      "wss://[::1]/",
      "wss://[::ffff:10.0.0.1]/",
      "wss://169.254.169.254/latest",
      "wss://inside.example/",
      "wss://gone.example/",
      "wss://user:secret@bot.example/",
      "ws://127.0.0.1/",
      "nonsense",
    ]
  ) await assert.rejects(egressTarget(url, egress), { code: "egress_refused" }, url);
});
