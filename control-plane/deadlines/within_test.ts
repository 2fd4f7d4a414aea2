import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { within } from "./within.ts";

Deno.test("within() gives what comes in time and fails what does not", async () => {
  assert.equal(await within(60_000, Promise.resolve(1)), 1);
  await assert.rejects(within(60_000, Promise.reject(new RangeError())), RangeError);
  await assert.rejects(
    within(1, new Promise(() => {})),
    (error) => error instanceof AntiphonError && error.code === "deadline_exceeded",
  );
});
