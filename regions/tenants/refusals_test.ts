import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";
import { encodeState } from "./snapshot/encode_state.ts";
import type { TenantCommand } from "./tenant_command.ts";

/** Anna is available and offered a call; Ben wraps up; a caller waits; a conversation goes on. */
function busyTenant() {
  const h = new TenantHarness((draft) => {
    draft.skills = [{ id: "german", name: "German", kind: "proficiency" }];
    draft.queues.push({ ...draft.queues[0], id: "campaign", direction: "outbound" });
  });
  h.available("ben");
  const wrapping = h.connectedCaller("ben");
  h.hangUp(wrapping);
  h.available("anna");
  const offered = h.queuedCaller();
  const waiting = h.queuedCaller();
  return { h, wrapping, offered, waiting };
}

const agent = (command: Extract<TenantCommand, { type: "agent" }>["command"], id = "anna") =>
  ({ type: "agent", agentId: id, command }) as const;
const nobody = "01890a5d-ac96-774b-bcce-b30209999999";
const listed: TenantCommand = {
  type: "contact-listed",
  interactionId: nobody,
  queueId: "campaign",
  number: "+4930555",
  contactName: null,
  priority: 0,
  requirements: [],
  withinSeconds: 60,
};

const { wrapping, offered, waiting } = busyTenant();
const CASES: [what: string, code: string, command: TenantCommand][] = [
  ["a desktop of an agent there is not", "unknown_entity", {
    type: "presence",
    agentId: "mallory",
    edgeId: "local",
    connected: true,
  }],
  [
    "a command of an agent without a desktop",
    "state_not_allowed",
    agent({ type: "agent.sign-out" }, "cleo"),
  ],
  ["an offer there is not", "offer_gone", agent({ type: "offer.accept", offerId: nobody })],
  [
    "an idle code there is not",
    "unknown_entity",
    agent({ type: "agent.set-state-idle", idleCode: "holiday" }),
  ],
  [
    "another agent's interaction",
    "unknown_entity",
    agent({ type: "interaction.end", interactionId: wrapping }),
  ],
  [
    "an end of what wraps up already",
    "state_not_allowed",
    agent({ type: "interaction.end", interactionId: wrapping }, "ben"),
  ],
  [
    "a wrap-up code there is not",
    "unknown_entity",
    agent({ type: "interaction.wrap-up", interactionId: wrapping, code: "none" }, "ben"),
  ],
  [
    "a sign-out in the middle of something",
    "state_not_allowed",
    agent({ type: "agent.sign-out" }, "ben"),
  ],
  [
    "a message in a call",
    "state_not_allowed",
    agent({ type: "message.send", interactionId: wrapping, messageId: nobody, text: "Hi" }, "ben"),
  ],
  [
    "a variable that agents may not change",
    "forbidden",
    agent({
      type: "interaction.set-variable",
      interactionId: wrapping,
      variable: "choice",
      value: "9",
    }, "ben"),
  ],
  ["a priority for what is offered", "state_not_allowed", {
    type: "prioritise",
    interactionId: offered,
    priority: 9,
    by: "cleo",
  }],
  ["a priority for nobody", "unknown_entity", {
    type: "prioritise",
    interactionId: nobody,
    priority: 9,
    by: "cleo",
  }],
  ["a callback for what is offered", "state_not_allowed", {
    type: "callback-requested",
    interactionId: offered,
    number: "+49301",
    withinSeconds: 60,
  }],
  ["a list for an inbound queue", "unknown_entity", { ...listed, queueId: "sales" }],
  ["a list that asks for a skill there is not", "invalid_request", {
    ...listed,
    requirements: [{ skillId: "french", atLeast: 1 }],
  }],
  ["a list that asks a skill for a value out of its kind", "invalid_request", {
    ...listed,
    requirements: [{ skillId: "german", is: true }],
  }],
  ["a message to an asset without an entry point", "unknown_entity", {
    type: "message-received",
    assetId: nobody,
    contact: "49151",
    contactName: null,
    messageId: nobody,
    providerMessageId: "p",
    text: "Hi",
    sentAt: 0,
  }],
];

for (const [what, code, command] of CASES) {
  Deno.test(`the tenant machine refuses ${what}: ${code}, and nothing has changed`, () => {
    const { h } = busyTenant();
    const before = JSON.stringify(encodeState(h.state));
    const events = h.log.length;
    assert.throws(
      () => h.send(command),
      (error) => error instanceof AntiphonError && error.code === code,
    );
    assert.equal(JSON.stringify(encodeState(h.state)), before);
    assert.equal(h.log.length, events);
    assert.equal(h.interaction(waiting).phase, "queued");
  });
}
