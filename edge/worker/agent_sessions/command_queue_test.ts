import assert from "node:assert/strict";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { type CommandOutcome, CommandQueue } from "./command_queue.ts";

const command = { type: "agent.set-state", state: "available" } as const;
const gone = toProblem(new AntiphonError("offer_gone", "Take the next"));

function stage() {
  const clock = { at: 0 };
  const sent: string[] = [];
  const results: [string, string | null][] = [];
  let answer: (id: string) => CommandOutcome = () => ({ kind: "done" });
  const queue = new CommandQueue({
    now: () => clock.at,
    pause: (ms) => Promise.resolve(void (clock.at += ms)),
    send: async (id) => {
      await Promise.resolve();
      sent.push(id);
      return answer(id);
    },
    answer: ({ commandId, problem }) => results.push([commandId, problem?.code ?? null]),
  });
  return { queue, clock, sent, results, answers: (next: typeof answer) => answer = next };
}

Deno.test("CommandQueue sends in order and answers each once", async () => {
  const s = stage();
  s.answers((id) => id === "b" ? { kind: "refused", problem: gone } : { kind: "done" });
  for (const id of ["a", "b", "b", "c"]) s.queue.add(id, command);
  await Promise.all([s.queue.run(), s.queue.run()]);
  assert.deepEqual(s.sent, ["a", "b", "c"]);
  assert.deepEqual(s.results, [["a", null], ["b", "offer_gone"], ["c", null]]);
});

Deno.test("CommandQueue tries again until the cell is back", async () => {
  const s = stage();
  s.answers(() => s.sent.length < 4 ? { kind: "again" } : { kind: "done" });
  s.queue.add("a", command);
  await s.queue.run();
  assert.deepEqual(s.sent, ["a", "a", "a", "a"]);
  assert.deepEqual(s.results, [["a", null]]);
});

Deno.test("CommandQueue says so when the cluster has not answered for twelve seconds", async () => {
  const s = stage();
  s.answers(() => ({ kind: "again" }));
  s.queue.add("a", command);
  s.queue.add("b", command);
  await s.queue.run();
  assert.deepEqual(s.results, [["a", "cluster_unavailable"], ["b", "cluster_unavailable"]]);
  assert.equal(s.clock.at, 12_000);
});

Deno.test("CommandQueue is bounded", () => {
  const s = stage();
  for (let n = 0; n < 40; n++) s.queue.add(`c${n}`, command);
  assert.equal(s.results.length, 8);
  assert.ok(s.results.every(([, code]) => code === "too_many_requests"));
});
