import assert from "node:assert/strict";
import fc from "fast-check";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { FRAME_LIMIT, parseDesktopFrame } from "./parse_desktop_frame.ts";

const reason = (data: string | ArrayBuffer): string => {
  try {
    parseDesktopFrame(data);
  } catch (error) {
    assert.ok(error instanceof AntiphonError && error.code === "frame_invalid");
    return error.message;
  }
  return "";
};

Deno.test("parseDesktopFrame() takes the frames of the protocol", () => {
  assert.deepEqual(parseDesktopFrame('{"type":"ping","more":1}'), { type: "ping" });
});

Deno.test("parseDesktopFrame() names what is wrong", () => {
  assert.equal(reason("{"), "not JSON");
  assert.match(reason('{"type":"dance"}'), /^type: /);
  assert.match(reason('{"type":"hello","version":2}'), /^version: /);
  const command = { type: "offer.accept", offerId: "x" };
  assert.match(
    reason(JSON.stringify({
      type: "command",
      commandId: "0198c5a0-0000-7000-8000-0000000000c1",
      command,
    })),
    /^command.offerId: /,
  );
  assert.match(reason(new ArrayBuffer(2)), /text/);
  assert.match(reason("x".repeat(FRAME_LIMIT + 1)), /larger/);
  assert.match(reason("ü".repeat(FRAME_LIMIT / 2 + 1)), /larger/);
});

Deno.test("parseDesktopFrame() survives anything", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (data) => {
    reason(data);
  }));
});
