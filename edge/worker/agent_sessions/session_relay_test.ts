import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { quietLog } from "../testing/quiet_log.ts";
import { SAMPLE } from "../testing/sample_configuration.ts";
import { relaySession, type RelaySocket } from "./session_relay.ts";

class SocketDouble implements RelaySocket {
  readonly sent: (string | ArrayBuffer)[] = [];
  closed: { code: number; reason: string } | null = null;
  readonly #listeners = new Map<string, ((event: never) => void)[]>();

  send(data: string | ArrayBuffer): void {
    this.sent.push(data);
  }
  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }
  addEventListener(type: string, listen: (event: never) => void): void {
    this.#listeners.set(type, [...this.#listeners.get(type) ?? [], listen]);
  }
  fire(type: "message" | "close" | "error", event: unknown = {}): void {
    for (const listen of this.#listeners.get(type) ?? []) listen(event as never);
  }
  says(frame: unknown): void {
    this.fire("message", { data: JSON.stringify(frame) });
  }
}

const hello = { type: "hello", version: 1, accessToken: "good", session: null, lastSeq: null };
const access = {
  sub: "anna",
  tenant: SAMPLE.tenantId,
  roles: ["agent" as const],
  exp: 1,
  clusterId: "E39",
};

function stage() {
  const [desktop, session] = [new SocketDouble(), new SocketDouble()];
  const opening = Promise.withResolvers<RelaySocket>();
  let late = () => {};
  relaySession(desktop, {
    verify: (token) =>
      token === "good"
        ? Promise.resolve(access)
        : Promise.reject(new AntiphonError("token_expired", "Get a new one")),
    open: () => opening.promise,
    timer: (_ms, run) => {
      late = run;
      return () => late = () => {};
    },
    log: quietLog(),
  });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { desktop, session, opening, turn, late: () => late() };
}

Deno.test("relaySession() hands the hello and all that follows through, in order", async () => {
  const { desktop, session, opening, turn, late } = stage();
  desktop.says(hello);
  desktop.says({ type: "ping" });
  opening.resolve(session);
  await turn();
  desktop.says({ type: "token" });
  assert.deepEqual(session.sent.map((text) => JSON.parse(String(text)).type), [
    "hello",
    "ping",
    "token",
  ]);
  session.fire("message", { data: "welcome" });
  assert.deepEqual(desktop.sent, ["welcome"]);
  late();
  assert.equal(desktop.closed, null);
  session.fire("close", { code: 4409, reason: "another desktop has come" });
  assert.deepEqual(desktop.closed, { code: 4409, reason: "another desktop has come" });
});

Deno.test("relaySession() ends the session's socket when the desktop goes", async () => {
  const { desktop, session, opening, turn } = stage();
  desktop.says(hello);
  opening.resolve(session);
  await turn();
  desktop.fire("close", { code: 1006, reason: "" });
  assert.equal(session.closed?.code, 1001);
});

Deno.test("relaySession() ends a session that opens after the desktop went", async () => {
  const { desktop, session, opening, turn } = stage();
  desktop.says(hello);
  await turn();
  desktop.fire("close", { code: 1006, reason: "" });
  opening.resolve(session);
  await turn();
  assert.equal(session.closed?.code, 1001);
  assert.deepEqual(session.sent, []);
});

Deno.test("relaySession() turns away who says nothing, something else, or has no token", async () => {
  const silent = stage();
  silent.late();
  assert.equal(silent.desktop.closed?.code, 4408);
  const early = stage();
  early.desktop.says({ type: "ping" });
  await early.turn();
  assert.equal(early.desktop.closed?.code, 4400);
  const expired = stage();
  expired.desktop.says({ ...hello, accessToken: "old" });
  await expired.turn();
  assert.equal(expired.desktop.closed?.code, 4401);
});

Deno.test("relaySession() is bounded, and says when a session cannot be opened", async () => {
  const hasty = stage();
  for (let n = 0; n < 40; n++) hasty.desktop.says(n === 0 ? hello : { type: "ping" });
  assert.equal(hasty.desktop.closed?.code, 4429);
  const broken = stage();
  broken.desktop.says(hello);
  broken.opening.reject(new Error("lost"));
  await broken.turn();
  assert.equal(broken.desktop.closed?.code, 1013);
});
