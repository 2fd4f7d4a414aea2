import assert from "node:assert/strict";
import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { DesktopFrame, SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import { SessionClient, type SessionSocket } from "./session_client.ts";

const SESSION = "01890a5d-ac96-774b-bcce-b302099a8057";
const agent = (since: number): AgentEvent => ({
  type: "agent.changed",
  agent: {
    id: "anna",
    name: "Anna",
    state: "idle",
    idleCode: null,
    since,
    softphoneConnected: true,
  },
});

class FakeSocket implements SessionSocket {
  sent: DesktopFrame[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  tell(frame: SessionFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function client() {
  const sockets: FakeSocket[] = [];
  const events: AgentEvent[] = [];
  const told: unknown[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  let ids = 0;
  const made = new SessionClient({
    open: () => (sockets.push(new FakeSocket()), sockets.at(-1)!),
    accessToken: () => "token",
    timer: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
      };
    },
    newId: () => `01890a5d-ac96-774b-bcce-b3020000000${ids++}`,
    event: (event) => events.push(event),
    connected: (connected) => told.push({ connected }),
    cluster: (reachable) => told.push({ reachable }),
    ended: (reason) => told.push({ reason }),
  });
  const fire = (ms: number) => {
    const index = timers.findIndex((timer) => timer.ms === ms);
    timers.splice(index, 1)[0].run();
  };
  const connect = (resumed = false) => {
    sockets.at(-1)!.onopen?.();
    sockets.at(-1)!.tell({ type: "welcome", session: SESSION, resumed });
  };
  made.start();
  return { client: made, sockets, events, told, fire, connect };
}

Deno.test("SessionClient says hello, then resumes from the last event it saw", () => {
  const c = client();
  c.connect();
  c.sockets[0].tell({ type: "event", seq: 4, event: agent(1) });
  c.sockets[0].onclose?.({ code: 1006 });
  c.fire(250);
  c.connect(true);
  assert.deepEqual(c.sockets.map((s) => s.sent[0]), [
    { type: "hello", version: 1, accessToken: "token", session: null, lastSeq: null },
    { type: "hello", version: 1, accessToken: "token", session: SESSION, lastSeq: 4 },
  ]);
  c.sockets[1].tell({ type: "event", seq: 4, event: agent(1) });
  c.sockets[1].tell({ type: "event", seq: 5, event: agent(2) });
  assert.equal(c.events.length, 2, "a repeated number is dropped");
  assert.deepEqual(c.told, [{ connected: true }, { connected: false }, { connected: true }]);
});

Deno.test("SessionClient repeats a command that has no answer after it came back", async () => {
  const c = client();
  c.connect();
  const done = c.client.command({ type: "agent.sign-out" });
  c.sockets[0].onclose?.({ code: 1006 });
  c.fire(250);
  c.connect(true);
  const [first, second] = c.sockets.map((s) => s.sent.find((f) => f.type === "command"));
  assert.deepEqual(first, second);
  assert.ok(first?.type === "command");
  c.sockets[1].tell({ type: "result", commandId: first.commandId, ok: true, problem: null });
  assert.equal(await done, null);
});

Deno.test("SessionClient gives up on a command after its deadline", async () => {
  const c = client();
  c.connect();
  const done = c.client.command({ type: "agent.sign-out" });
  c.fire(12_000);
  assert.equal((await done)?.code, "deadline_exceeded");
});

Deno.test("SessionClient takes a silent line for dead", () => {
  const c = client();
  c.connect();
  c.fire(25_000);
  assert.equal(c.sockets[0].closed, true);
  c.fire(250);
  assert.equal(c.sockets.length, 2);
});

Deno.test("SessionClient stays away when another desktop has taken over", () => {
  const c = client();
  c.connect();
  c.sockets[0].onclose?.({ code: 4409 });
  assert.deepEqual(c.told.at(-1), { reason: "replaced" });
  assert.equal(c.sockets.length, 1);
});

Deno.test("SessionClient waits longer after each attempt that failed", () => {
  const c = client();
  for (const wait of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
    c.sockets.at(-1)!.onclose?.({ code: 1006 });
    c.fire(wait);
  }
  assert.equal(c.sockets.length, 8);
});
