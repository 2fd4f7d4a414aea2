import type { z } from "zod";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { AgentCommand } from "../../protocol/agent_session/agent_command.ts";
import { CallEvent, type EndCause } from "../../protocol/pop_link/call_event.ts";
import type { Message } from "../../protocol/interaction/message.ts";
import {
  type ConfigurationIndex,
  indexConfiguration,
} from "../configuration/configuration_index.ts";
import type { Effect } from "../effects/effect.ts";
import type { TraceItem } from "../flows/trace/trace_item.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { nextDeadline } from "../interactions/next_deadline.ts";
import { decide } from "../tenants/decide.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { TenantEvent } from "../tenants/tenant_event.ts";
import { emptyTenantState } from "../tenants/tenant_state.ts";

/** An asset id of the example configuration. */
export const ASSET = "01890a5d-ac96-774b-bcce-b302099a8057";
/** A telephone number of the example configuration. */
export const NUMBER = "+4969900100";

/** A tenant with two voice queues, one digital queue, and agents anna and ben. */
export const EXAMPLE = TenantConfiguration.parse({
  sites: [{ id: "hq", name: "Headquarters" }],
  teams: [{ id: "desk", name: "Front desk", siteId: "hq" }, {
    id: "backup",
    name: "Backup",
    siteId: "hq",
  }],
  agents: [
    { id: "anna", name: "Anna", username: "anna", teamIds: ["desk"] },
    { id: "ben", name: "Ben", username: "ben", teamIds: ["desk"] },
    { id: "cleo", name: "Cleo", username: "cleo", teamIds: ["backup"] },
  ],
  queues: [
    { id: "sales", name: "Sales", kind: "voice", distribution: groups() },
    { id: "support", name: "Support", kind: "voice", distribution: groups() },
    { id: "messages", name: "Messages", kind: "digital", distribution: groups() },
  ],
  idleCodes: [{ id: "break", name: "Break" }],
  wrapUpCodes: [{ id: "resolved", name: "Resolved" }],
  assetSenders: [{ assetId: ASSET, channel: "whatsapp", phoneNumberId: "1065550100" }],
  entryPoints: [
    { id: "main", name: "Main number", channel: "voice", number: NUMBER, flowId: "welcome" },
    { id: "chat", name: "WhatsApp", channel: "whatsapp", assetId: ASSET, flowId: "greet" },
  ],
  flows: [
    {
      id: "welcome",
      name: "Welcome",
      kind: "voice",
      start: "menu",
      activities: {
        menu: {
          type: "collect",
          prompt: "welcome",
          variable: "choice",
          maxDigits: 1,
          next: "choose",
          onTimeout: "support",
        },
        choose: {
          type: "branch",
          variable: "choice",
          cases: [{ equals: "1", next: "sales" }],
          otherwise: "support",
        },
        sales: { type: "queue", queueId: "sales" },
        support: { type: "queue", queueId: "support" },
      },
    },
    {
      id: "greet",
      name: "Greeting",
      kind: "digital",
      start: "hello",
      activities: {
        hello: { type: "send-message", text: "Hello {{contactName}}", next: "wait" },
        wait: { type: "queue", queueId: "messages" },
      },
    },
  ],
});

function groups() {
  return [{ afterSeconds: 0, teamIds: ["desk"] }, { afterSeconds: 30, teamIds: ["backup"] }];
}

/** A configuration as it is written down, with what has a default left out. */
// deno-lint-ignore no-explicit-any
export type Draft = Record<keyof TenantConfiguration, any>;

function changed(document: TenantConfiguration, change: (draft: Draft) => void) {
  const draft = structuredClone(document);
  change(draft);
  return TenantConfiguration.parse(draft);
}

function indexed(document: TenantConfiguration): ConfigurationIndex {
  return indexConfiguration(
    document,
    new Map(document.flows.map((flow) => [flow.id, `${flow.id}-v1`])),
    new Map(document.flows.map((flow) => [`${flow.id}-v1`, flow])),
  );
}

/** Drives one tenant's machine on a virtual clock and keeps what came of it. */
export class TenantHarness {
  readonly state = emptyTenantState();
  readonly log: { at: number; event: TenantEvent }[] = [];
  effects: Effect[] = [];
  /** What steps of flows did. */
  readonly traces: TraceItem[] = [];
  /** Bodies of messages. */
  readonly messages: Message[] = [];
  at = 1_000_000;
  #ids = 0;
  configuration: ConfigurationIndex;
  #document: TenantConfiguration;

  /** @param change Alters a copy of the example configuration. */
  constructor(change: (draft: Draft) => void = () => {}) {
    this.#document = changed(EXAMPLE, change);
    this.configuration = indexed(this.#document);
  }

  /** Changes the configuration under way, as an administrator does. */
  reconfigure(
    change: (draft: Draft) => void,
    moveTo: Record<string, string> = {},
    dropRequirements = false,
  ): TenantEvent["type"][] {
    this.#document = changed(this.#document, change);
    this.configuration = indexed(this.#document);
    return this.send({ type: "configuration-changed", moveTo, dropRequirements });
  }

  newId = (): string => {
    this.#ids += 1;
    return `01890a5d-ac96-774b-bcce-${this.#ids.toString(16).padStart(12, "0")}`;
  };

  /** Decides on a command; returns the types of the events that followed. */
  send(command: TenantCommand): TenantEvent["type"][] {
    const transition = decide(this.state, command, {
      at: this.at,
      newId: this.newId,
      configuration: this.configuration,
    });
    for (const event of transition.events) this.log.push({ at: this.at, event });
    this.effects.push(...transition.effects);
    this.traces.push(...transition.traces);
    this.messages.push(...transition.messages);
    return transition.events.map((event) => event.type);
  }

  agent(agentId: string, command: AgentCommand) {
    return this.send({ type: "agent", agentId, command });
  }

  /** Signs an agent in with a softphone at FRA, and makes them available. */
  available(agentId: string): void {
    this.send({ type: "presence", agentId, edgeId: "local", connected: true });
    this.send({ type: "softphone", popId: "FRA", agentId, connected: true });
    this.agent(agentId, { type: "agent.set-state", state: "available" });
  }

  /** Something happened to an interaction's call, or to a new one. */
  call(id: string, told: z.input<typeof CallEvent>) {
    const event = CallEvent.parse(told);
    const { callId = id, popId = "FRA" } = this.state.interactions.get(id)?.call ?? {};
    return this.send({ type: "call-event", popId, callId, event });
  }

  /** A caller who has come as far as the queue that the digit names. */
  queuedCaller(digit = "1", from = "+4930123456"): string {
    const callId = this.newId();
    this.call(callId, {
      type: "call.offered",
      legId: this.newId(),
      trunkId: this.newId(),
      from,
      to: NUMBER,
      transport: "sip-udp",
    });
    this.call(callId, { type: "call.answered", codec: "PCMU" });
    this.call(callId, {
      type: "call.collected",
      commandId: `${callId}:flow:1`,
      digits: digit,
      sealed: null,
      outcome: "complete",
    });
    return callId;
  }

  /** Who an interaction is offered to. */
  offeredTo(id: string): string | undefined {
    return this.interaction(id).offer?.agentId;
  }

  /** The PoP has joined the leg that an interaction was waiting for. */
  join(id: string) {
    const { agentLegId, agentId } = this.interaction(id);
    const legId = agentLegId!;
    return this.call(id, { type: "leg.joined", legId, agentId: agentId ?? "anna", codec: "PCMU" });
  }

  /** Whoever is called answers. */
  answer(id: string) {
    return this.call(id, { type: "call.answered", codec: "PCMU" });
  }

  /** A call of ours comes to nothing. */
  refuse(id: string, cause: EndCause = "busy", sipStatus: number | null = 486) {
    return this.call(id, { type: "call.ended", cause, sipStatus, media: null });
  }

  hangUp(id: string) {
    return this.call(id, {
      type: "call.ended",
      cause: "caller-hung-up",
      sipStatus: null,
      media: null,
    });
  }

  /** A caller talking with an agent who was available. */
  connectedCaller(agentId = "anna"): string {
    const callId = this.queuedCaller();
    this.accept(agentId);
    this.join(callId);
    return callId;
  }

  accept(agentId: string) {
    const offered = this.state.agents.get(agentId)!.offeredInteractionId!;
    const { offerId } = this.interaction(offered).offer!;
    return this.agent(agentId, { type: "offer.accept", offerId });
  }

  message(contact: string, text: string, providerMessageId = this.newId()) {
    return this.send({
      type: "message-received",
      assetId: ASSET,
      contact,
      contactName: "Rosa",
      messageId: this.newId(),
      providerMessageId,
      text,
      sentAt: this.at,
    });
  }

  interaction(id: string): Interaction {
    const it = this.state.interactions.get(id);
    if (!it) throw new Error(`No live interaction ${id}`);
    return it;
  }

  /** Lets time pass, deadline by deadline. */
  pass(ms: number): TenantEvent["type"][] {
    const until = this.at + ms;
    const happened: TenantEvent["type"][] = [];
    for (let turns = 0;; turns++) {
      if (turns > 20_000) throw new Error("Deadlines come due again and again");
      let due: string[] = [];
      let at = Infinity;
      for (const it of this.state.interactions.values()) {
        const next = nextDeadline(it) ?? Infinity;
        if (next > until || next > at) continue;
        due = next < at ? [it.id] : [...due, it.id];
        at = next;
      }
      if (due.length === 0) break;
      this.at = Math.max(this.at, at);
      happened.push(...this.send({ type: "deadline", interactionIds: due }));
    }
    this.at = until;
    return happened;
  }

  /** Effects since the last call, of one kind. */
  takeEffects(to: Effect["to"]): Effect[] {
    const taken = this.effects.filter((effect) => effect.to === to);
    this.effects = this.effects.filter((effect) => effect.to !== to);
    return taken;
  }
}
