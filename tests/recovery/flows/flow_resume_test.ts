import assert from "node:assert/strict";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { recoveryServer } from "../recovery_server.ts";
import { FlowLifeProcess } from "./flow_life_process.ts";
import type { Instance } from "./flow_life_report.ts";

const SOON = 150;
const OTHERS = 75;

Deno.test("flows that wait go on exactly where they were after a kill, timers included", async () => {
  await using server = await recoveryServer();
  const open = { do: "open", url: server.url, tenantId: uuidV7()(), soon: 4 } as const;
  const first = new FlowLifeProcess();
  let before: Map<string, Instance>;
  try {
    await first.tell(open);
    await first.next("ready");
    await first.tell({ do: "fill", soon: SOON, long: OTHERS, digits: OTHERS });
    await first.next("filled");
    before = first.instances();
  } finally {
    await first.kill();
  }
  assert.equal(before.size, SOON + 2 * OTHERS);
  const second = new FlowLifeProcess();
  try {
    await second.tell(open);
    await second.next("ready");
    const after = second.instances();
    assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort());
    const passed = new Set<string>();
    for (const [id, instance] of after) {
      const was = before.get(id)!;
      // One whose time was over between the two lives has gone on already.
      if (was.flowId === "soon" && instance.activityId === "after") passed.add(id);
      else assert.deepEqual(instance, was);
    }
    const own = [...before.values()].filter(({ flowId }) => flowId === "soon");
    while (passed.size < own.length) {
      const { id, at } = await second.next("passed");
      const was = before.get(id)!;
      assert.equal(was.flowId, "soon", "no other is due");
      assert.ok(at >= was.deadline!, "none goes on too soon");
      passed.add(id);
    }
    await second.tell({ do: "answer" });
    await second.next("answered");
    for (const { id, flowId, activityId, step } of second.instances().values()) {
      const was = before.get(id)!;
      if (flowId === "digits") assert.deepEqual([activityId, step], ["play", was.step + 1]);
      if (flowId === "soon") assert.deepEqual([activityId, step], ["after", was.step + 1]);
      if (flowId === "long") assert.deepEqual([activityId, step], ["after", was.step]);
    }
  } finally {
    await second.kill();
  }
});
