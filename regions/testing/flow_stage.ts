import type { z } from "zod";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { TraceItem } from "../flows/trace/trace_item.ts";
import { type Draft, NUMBER, TenantHarness } from "./tenant_harness.ts";

/** A flow as it is written down, but for its kind and ids. */
export interface StagedFlow extends Partial<z.input<typeof FlowDocument>> {
  activities: Record<string, { type: string; [member: string]: unknown }>;
}

/** What a stage has besides its flow. */
export interface StageOptions {
  kind?: "voice" | "digital";
  /** Other flows, by id, of the same kind. */
  flows?: Record<string, StagedFlow>;
  change?: (draft: Draft) => void;
}

/** One contact in a flow: a caller whose call was answered, or one who wrote "Hi". */
export class FlowStage {
  readonly h: TenantHarness;
  readonly id: string;

  /** @param flow Its first activity is where it starts, unless it says. */
  constructor(flow: StagedFlow, { kind = "voice", flows = {}, change }: StageOptions = {}) {
    const document = (id: string, staged: StagedFlow) => ({
      ...{ id, name: id, kind, start: Object.keys(staged.activities)[0] },
      ...staged,
    });
    this.h = new TenantHarness((draft) => {
      const main = document(kind === "voice" ? "welcome" : "greet", flow);
      draft.flows = [
        ...draft.flows.filter((it: { id: string }) => it.id !== main.id),
        main,
        ...Object.entries(flows).map(([id, other]) => document(id, other)),
      ];
      change?.(draft);
    });
    this.id = kind === "voice" ? this.#caller() : this.#writer();
  }

  #caller(): string {
    const { h } = this;
    const callId = h.newId();
    h.call(callId, {
      ...{ type: "call.offered", from: "+4930123456", to: NUMBER, transport: "sip-udp" },
      ...{ legId: h.newId(), trunkId: h.newId() },
    });
    h.call(callId, { type: "call.answered", codec: "PCMU" });
    return callId;
  }

  #writer(): string {
    this.h.message("49301", "Hi");
    const started = this.h.log.find(({ event }) => event.type === "interaction.started")!.event;
    return (started as { interactionId: string }).interactionId;
  }

  get it(): Interaction {
    return this.h.interaction(this.id);
  }

  /** Whether the interaction is over. */
  get over(): boolean {
    return !this.h.state.interactions.has(this.id);
  }

  get variables(): Record<string, string> {
    return this.it.flow.variables;
  }

  /** Activities that were passed or entered, in order, with how it went. */
  get way(): string[] {
    return this.trace.map((item) => `${item.activityId} ${item.state}`);
  }

  get trace(): TraceItem[] {
    return this.h.traces.filter((item) => item.interactionId === this.id);
  }

  /** Texts that the flow wrote. */
  get written(): string[] {
    return this.h.messages.filter(({ author }) => author === "flow").map(({ text }) => text);
  }

  /** What the PoP tells of a step's command; without a step, of the last one's. */
  played(outcome: "completed" | "failed" = "completed", step = this.it.flow.step) {
    const commandId = `${this.id}:flow:${step}`;
    return this.h.call(this.id, { type: "call.played", commandId, outcome });
  }

  typed(digits: string, step = this.it.flow.step) {
    return this.h.call(this.id, {
      ...{ type: "call.collected", commandId: `${this.id}:flow:${step}`, digits, sealed: null },
      outcome: digits === "" ? "timeout" : "complete",
    });
  }

  wrote(text: string) {
    return this.h.message("49301", text);
  }
}
