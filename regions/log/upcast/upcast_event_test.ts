import assert from "node:assert/strict";
import { TenantEvent } from "../../tenants/tenant_event.ts";
import { emptyTenantState } from "../../tenants/tenant_state.ts";
import { evolve } from "../../tenants/evolve.ts";
import { upcastEvent } from "./upcast_event.ts";
import type { RawBody, Upcaster } from "./upcasters.ts";

const rename: Upcaster = ({ old, ...rest }) => [{ ...rest, fresh: old }];
const split: Upcaster = (body) => [{ ...body, part: 1 }, { ...body, part: 2 }];

Deno.test("upcastEvent() takes an event through every version behind its own", () => {
  const body = { type: "x", old: 7 };
  assert.deepEqual(upcastEvent(1, body, [rename, split]), [
    { type: "x", fresh: 7, part: 1 },
    { type: "x", fresh: 7, part: 2 },
  ]);
  assert.deepEqual(upcastEvent(2, { type: "x" }, [rename, split]).length, 2);
  assert.deepEqual(upcastEvent(3, body, [rename, split]), [body]);
  assert.deepEqual(upcastEvent(1, body, []), [body]);
});

Deno.test("upcastEvent() refuses a version that only a later program knows", () => {
  assert.throws(() => upcastEvent(3, { type: "x" }, [rename]), { code: "unavailable" });
  assert.throws(() => upcastEvent(0, { type: "x" }, [rename]), { code: "unavailable" });
});

Deno.test("a log of the first version is read without a refusal, whatever was added since", async () => {
  const text = await Deno.readTextFile(new URL("./testdata/v1.jsonl", import.meta.url));
  const state = emptyTenantState();
  const types = new Set<string>();
  for (const line of text.trimEnd().split("\n")) {
    const { seq, at, version, body } = JSON.parse(line) as {
      seq: number;
      at: number;
      version: number;
      body: RawBody;
    };
    for (const raw of upcastEvent(version, body)) {
      const event = TenantEvent.parse(raw);
      types.add(event.type);
      state.seq = seq - 1;
      evolve(state, event, at);
    }
  }
  assert.equal(types.size, 26, "every type of event of the first version is in it");
  assert.deepEqual([...state.agents.keys()].sort(), ["anna", "ben", "cleo"]);
  assert.ok(state.interactions.size > 0);
});
