import assert from "node:assert/strict";
import { parseMessage } from "./parse_message.ts";
import { responseTo } from "./response_to.ts";
import { TORTURE_TABLE } from "./torture_table.ts";

for (const [name, section, outcome] of TORTURE_TABLE) {
  Deno.test(`RFC 4475 section ${section} (${name}) has the outcome the standard names`, () => {
    const bytes = Deno.readFileSync(new URL(`torture/${name}.sip`, import.meta.url));
    const parsed = parseMessage(bytes);
    if (outcome === "dropped") return assert.equal(parsed.kind, "garbage");
    if (parsed.kind !== "request") {
      assert.equal(parsed.kind, "response");
      return assert.equal(outcome, "sound");
    }
    if (outcome === "sound") return assert.equal(parsed.problem, undefined);
    assert.ok(parsed.problem && outcome.includes(parsed.problem.status), parsed.problem?.reason);
    const answer = new TextDecoder().decode(
      responseTo(parsed.message, parsed.problem.status, { reason: parsed.problem.reason }),
    );
    assert.match(answer, /^SIP\/2\.0 [45]\d\d /);
  });
}

Deno.test("RFC 4475 wsinv is read value by value", () => {
  const bytes = Deno.readFileSync(new URL("torture/wsinv.sip", import.meta.url));
  const parsed = parseMessage(bytes);
  assert.equal(parsed.kind, "request");
  if (parsed.kind !== "request") return;
  const { message } = parsed;
  assert.equal(message.to.tag, "1918181833n");
  assert.equal(message.from.display, 'J Rosenberg \\"');
  assert.deepEqual(message.cseq, { number: 9, method: "INVITE" });
  assert.equal(message.list("via").length, 3);
  assert.equal(message.via.branch, "390skdjuw");
  assert.equal(message.contact?.display, 'Quoted string ""');
  assert.equal(message.get("NewFangledHeader"), "newfangled value continued newfangled value");
  assert.equal(message.body.length, 150);
});
