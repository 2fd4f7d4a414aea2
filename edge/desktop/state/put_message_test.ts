import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { messageOf, sampleId } from "../testing/samples.ts";
import { putMessage } from "./put_message.ts";

Deno.test("put message keeps a thread in order of time", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 30 }), (times) => {
      const thread = times.map((at, i) => messageOf({ id: sampleId(i), at }))
        .reduce(putMessage, []);
      strictEqual(thread.length, times.length);
      deepStrictEqual(thread.map(({ at }) => at), [...times].sort((a, b) => a - b));
    }),
  );
});

Deno.test("put message moves a status only forward", () => {
  const sent = messageOf({ direction: "outbound", status: "sent" });
  const read = putMessage([sent], { ...sent, status: "read" });
  strictEqual(read[0]?.status, "read");
  strictEqual(putMessage(read, { ...sent, status: "delivered" }), read);
  strictEqual(putMessage([sent], { ...sent, status: "failed" })[0]?.status, "failed");
});
