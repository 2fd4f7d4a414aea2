import { deepStrictEqual } from "node:assert/strict";
import { assignmentView, SAMPLE_NOW, sampleId } from "../testing/samples.ts";
import { inboxItems } from "./inbox_items.ts";
import { initialState } from "./initial_state.ts";

Deno.test("inbox items put live calls first, then conversations by age, then wrap-up", () => {
  const chat = (n: number, connectedAt: number) =>
    assignmentView({ interactionId: sampleId(n), channel: "whatsapp", connectedAt });
  const assignments = [
    assignmentView({ interactionId: sampleId(1), state: "wrap-up" }),
    chat(2, SAMPLE_NOW + 5),
    chat(3, SAMPLE_NOW),
    assignmentView({ interactionId: sampleId(4), state: "connecting", connectedAt: null }),
  ];
  const listed = inboxItems({ ...initialState, assignments });
  deepStrictEqual(listed.map((one) => one.interactionId), [4, 3, 2, 1].map(sampleId));
});
