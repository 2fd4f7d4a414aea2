import assert from "node:assert/strict";
import { checkConfiguration } from "../../regions/configuration/check_configuration.ts";
import { CENTRES, simulate } from "./simulate.ts";

Deno.test("the ten centres' flows have no problems", () => {
  assert.doesNotThrow(() => checkConfiguration(CENTRES));
});

Deno.test("bank: a customer hears the balance, and blocks a card whose number nobody sees", () => {
  const it = simulate("bank", {
    steps: [
      { digits: "12345678#" },
      { service: { values: { customerName: "Rosa Lind", balance: "1234.5" } } },
      { digits: "1" },
      { digits: "2" },
      { digits: "4111111111111111#" },
      { service: { activityId: "block" } },
    ],
  });
  assert.deepEqual(it.way, [
    ...["who", "look", "menu", "tell", "menu", "card", "block", "blocked", "bye"],
  ]);
  assert.ok(it.said.includes("You have 1234.50 euros."), it.said.join("|"));
  assert.equal(it.variables.cardNumber, "(sealed)");
  assert.ok(!JSON.stringify(it).includes("4111111111111111"));
  assert.equal(it.end.how, "ended");
});

Deno.test("bank: a customer whom nobody finds gets a person, who sees what was typed", () => {
  const it = simulate("bank", {
    steps: [
      ...[1, 2, 3].flatMap(() => [{ digits: "99#" }, { service: { status: 404 } }]),
      { agent: "answers", agentId: "anna" },
    ],
  });
  assert.equal(it.end.how, "with-agent");
  assert.equal(it.end.agentId, "anna");
  assert.equal(it.screenPop?.url, "https://crm.example/customers/99");
});

Deno.test("airline: the second offer is taken and booked", () => {
  const it = simulate("airline", {
    steps: [
      { digits: "471100" },
      {
        service: {
          values: {
            booking: JSON.stringify({
              alternatives: [{ flight: "AN 12", at: "10:40" }, { flight: "AN 14", at: "14:05" }],
            }),
          },
        },
      },
      { digits: "2" },
      { digits: "1" },
      { service: { values: { confirmed: "8842" } } },
    ],
  });
  assert.equal(it.end.how, "ended");
  assert.ok(it.said.some((text) => text.startsWith("Flight AN 14 at 14:05")));
  assert.ok(JSON.stringify(it.asked).includes("AN 14"));
  assert.equal(it.variables.confirmed, "8842");
});

Deno.test("airline: a service that does not answer leads to a person", () => {
  const it = simulate("airline", {
    steps: [{ digits: "471100" }, { service: { fail: "timeout" } }, { agent: "answers" }],
  });
  assert.equal(it.end.how, "with-agent");
  assert.ok(it.trace.some(({ state }) => state === "failed"));
});

Deno.test("clinic: hours, the lunch break and a holiday decide who is heard", () => {
  const at = (time: string) => simulate("clinic", { start: { at: time } }).way.slice(0, 2);
  assert.deepEqual(at("2026-03-02T09:00:00+01:00"), ["open", "menu"]);
  assert.deepEqual(at("2026-03-02T13:00:00+01:00"), ["open", "closed"]);
  assert.deepEqual(at("2027-01-01T09:00:00+01:00"), ["open", "closed"]);
});

Deno.test("delivery: who waits hears where they stand, and is called back in their place", () => {
  const it = simulate("delivery", { steps: [{ digits: "1" }] });
  assert.deepEqual(it.way.slice(0, 6), [
    ...["wait", "announce", "offer", "wished", "call-back", "goodbye"],
  ]);
  assert.ok(it.said[0].length > 10, it.said[0]);
  assert.equal(it.said.at(-1), "We call you back. Goodbye.");
});

Deno.test("public office: the caller's language is spoken and looked for", () => {
  const french = simulate("public-office", {
    steps: [{ digits: "3" }, { agent: "answers", agentId: "ben" }],
  });
  assert.ok(french.said.includes("Bienvenue à la mairie."));
  assert.deepEqual([french.end.how, french.end.agentId], ["with-agent", "ben"]);
  const german = simulate("public-office", { steps: [{ silence: true }] });
  assert.ok(german.said.includes("Willkommen beim Bürgeramt."));
});

Deno.test("bot: what it cannot do a person takes over, knowing the topic", () => {
  const it = simulate("bot", {
    start: { text: "My parcel is lost" },
    steps: [
      { service: { fail: "timeout" } },
      { agent: "answers" },
    ],
  });
  assert.equal(it.end.how, "with-agent");
  assert.ok(it.said.includes("A colleague takes over."));
});

Deno.test("triage: post is sorted, and who waits too long is written to", () => {
  const urgent = simulate("triage", {
    steps: [{ message: "URGENT: my order" }, { agent: "none" }],
  });
  assert.ok(urgent.way.includes("to-urgent"));
  const invoice = simulate("triage", {
    steps: [{ message: "About my invoice" }, { agent: "answers", agentId: "anna" }, { wait: 120 }],
  });
  assert.ok(invoice.way.includes("to-invoices"));
  assert.ok(invoice.said.includes("We have not forgotten you."), invoice.said.join("|"));
});

Deno.test("re-engagement: a template goes out after the service window, and the flow goes on", () => {
  const it = simulate("reengagement", {
    start: { name: "Rosa" },
    steps: [{ message: "a-17" }, { message: "no" }],
  });
  assert.deepEqual(it.way, ["order", "promise", "look", "template", "more", "answered", "bye"]);
  assert.ok(it.said.some((text) => text.includes("A-17")));
  assert.equal(it.end.how, "ended");
});

Deno.test("vip: the own agent is asked for first, else the best, who are asked for less and less", () => {
  const known = { customer: JSON.stringify({ tier: "gold", manager: "ben" }) };
  const anyone = simulate("vip", {
    steps: [{ service: { values: known } }, {
      ...{ agent: "answers", agentId: "anna", afterSeconds: 40 },
    }],
  });
  assert.deepEqual(anyone.way.slice(3, 5), ["own", "best"]);
  assert.equal(anyone.end.agentId, "anna");
  const stranger = simulate("vip", { steps: [{ service: { status: 404 } }] });
  assert.deepEqual(stranger.way, ["who", "anyone"]);
});

Deno.test("emergency: a word, and the way to those on duty", () => {
  const silent = simulate("emergency", { steps: [{ silence: true }] });
  assert.equal(silent.end.how, "ended");
  const duty = simulate("emergency", { steps: [{ digits: "1" }] });
  assert.ok(duty.way.includes("duty"));
});
