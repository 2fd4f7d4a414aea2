import assert from "node:assert/strict";
import { requireFreePort } from "./require_free_port.ts";

Deno.test("requireFreePort() says what to do about a taken port or a foreign host", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await assert.rejects(requireFreePort("127.0.0.1", taken.addr.port), { code: "address_in_use" });
  await assert.rejects(requireFreePort("192.0.2.1", 0), { code: "configuration_invalid" });
  await requireFreePort("127.0.0.1", 0);
});

Deno.test("requireFreePort() waits for a port that is about to be given back", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const free = requireFreePort("127.0.0.1", taken.addr.port, 5_000);
  taken.close();
  await free;
});
