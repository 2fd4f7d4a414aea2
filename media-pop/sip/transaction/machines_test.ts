import assert from "node:assert/strict";
import fc from "fast-check";
import { inviteClient } from "./invite_client.ts";
import { inviteServer } from "./invite_server.ts";
import { nonInviteClient } from "./non_invite_client.ts";
import { nonInviteServer } from "./non_invite_server.ts";
import type { TransactionState, TransactionStep } from "./transaction_step.ts";

type Run<E> = (
  state: TransactionState<string>,
  event: E,
  reliable: boolean,
) => TransactionStep<string>;

/** What a machine does for each event, as short words. */
function trace<E>(machine: unknown, first: string, events: E[], reliable = false): string[] {
  let state: TransactionState<string> = { phase: first, interval: 0 };
  return events.map((event) => {
    const step = (machine as Run<E>)(state, event, reliable);
    state = step.state;
    const did = step.actions.map((action) =>
      action.do === "set"
        ? `${action.timer}${action.after}`
        : action.do === "clear"
        ? `-${action.timer}`
        : action.do
    );
    return `${state.phase}: ${did.join(" ")}`.trim();
  });
}

Deno.test("an INVITE client repeats with doubled intervals and gives up at B", () => {
  assert.deepEqual(trace(inviteClient, "calling", ["start", "A", "A", "B"]), [
    "calling: send A500 B32000",
    "calling: send A1000",
    "calling: send A2000",
    "terminated: timeout end",
  ]);
});

Deno.test("an INVITE client acknowledges each repetition of a refusal but tells of it once", () => {
  assert.deepEqual(
    trace(inviteClient, "calling", ["start", "provisional", "failure", "failure", "D"]),
    [
      "calling: send A500 B32000",
      "proceeding: -A -B deliver",
      "completed: -A -B ack D32000 deliver",
      "completed: ack",
      "terminated: end",
    ],
  );
});

Deno.test("an INVITE client hands every 2xx on until M (RFC 6026)", () => {
  assert.deepEqual(
    trace(inviteClient, "calling", ["start", "success", "success", "failure", "M"]),
    [
      "calling: send A500 B32000",
      "accepted: -A -B M32000 deliver",
      "accepted: deliver",
      "accepted:",
      "terminated: end",
    ],
  );
});

Deno.test("an INVITE client over TCP does not repeat", () => {
  assert.deepEqual(trace(inviteClient, "calling", ["start", "failure"], true), [
    "calling: send B32000",
    "terminated: -A -B ack deliver end",
  ]);
});

Deno.test("a non-INVITE client caps its interval at T2", () => {
  assert.deepEqual(
    trace(nonInviteClient, "trying", [
      "start",
      "E",
      "E",
      "E",
      "E",
      "provisional",
      "E",
      "success",
      "K",
    ]),
    [
      "trying: send E500 F32000",
      "trying: send E1000",
      "trying: send E2000",
      "trying: send E4000",
      "trying: send E4000",
      "proceeding: deliver",
      "proceeding: send E4000",
      "completed: -E -F K5000 deliver",
      "terminated: end",
    ],
  );
});

Deno.test("an INVITE server repeats a refusal until the ACK", () => {
  assert.deepEqual(
    trace(inviteServer, "proceeding", [
      "provisional",
      "request",
      "failure",
      "G",
      "G",
      "G",
      "G",
      "ack",
      "I",
    ]),
    [
      "proceeding: send",
      "proceeding: send",
      "completed: send G500 H32000",
      "completed: send G1000",
      "completed: send G2000",
      "completed: send G4000",
      "completed: send G4000",
      "confirmed: -G -H I5000",
      "terminated: end",
    ],
  );
});

Deno.test("an INVITE server swallows repeated INVITEs after a 2xx (RFC 6026)", () => {
  assert.deepEqual(trace(inviteServer, "proceeding", ["success", "request", "ack", "L"]), [
    "accepted: send L32000",
    "accepted:",
    "accepted: deliver",
    "terminated: end",
  ]);
});

Deno.test("a non-INVITE server repeats its answer on demand until J", () => {
  assert.deepEqual(trace(nonInviteServer, "trying", ["request", "success", "request", "J"]), [
    "trying:",
    "completed: send J32000",
    "completed: send",
    "terminated: end",
  ]);
  assert.deepEqual(trace(nonInviteServer, "trying", ["failure"], true), ["terminated: send end"]);
});

const MACHINES: [string, unknown, string, string[]][] = [
  [
    "INVITE client",
    inviteClient,
    "calling",
    "provisional success failure A B D M transport".split(" "),
  ],
  [
    "non-INVITE client",
    nonInviteClient,
    "trying",
    "provisional success failure E F K transport".split(" "),
  ],
  [
    "INVITE server",
    inviteServer,
    "proceeding",
    "request ack provisional success failure G H I L".split(" "),
  ],
  [
    "non-INVITE server",
    nonInviteServer,
    "trying",
    "request provisional success failure J".split(" "),
  ],
];

for (const [name, machine, first, events] of MACHINES) {
  Deno.test(`a ${name} left alone always ends, whatever came before`, () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), fc.boolean(), (some, reliable) => {
        let state: TransactionState<string> = { phase: first, interval: 500 };
        const timers = new Set<string>();
        let ends = 0, tellings = 0;
        const take = (event: string) => {
          const step = (machine as Run<string>)(state, event, reliable);
          state = step.state;
          for (const action of step.actions) {
            if (action.do === "set") timers.add(action.timer);
            else if (action.do === "clear") timers.delete(action.timer);
            else if (action.do === "end") (ends++, timers.clear());
            else if (action.do === "timeout" || action.do === "failed") tellings++;
          }
        };
        if (name.endsWith("client")) take("start");
        const isTimer = (event: string) => /^[A-M]$/.test(event);
        for (const event of some) {
          if (!isTimer(event)) take(event);
          else if (timers.delete(event)) take(event);
        }
        for (let i = 0; i < 100 && timers.size > 0; i++) {
          const giveUp = [...timers].find((timer) => !"AEG".includes(timer)) ?? [...timers][0];
          timers.delete(giveUp);
          take(giveUp);
        }
        const waitsForUser = ["proceeding", "trying"].includes(state.phase);
        assert.ok(state.phase === "terminated" || waitsForUser, state.phase);
        assert.equal(ends, state.phase === "terminated" ? 1 : 0);
        assert.ok(tellings <= 1);
      }),
      { seed: 17, numRuns: 500 },
    );
  });
}
