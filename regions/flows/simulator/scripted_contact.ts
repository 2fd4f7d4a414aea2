import type { ScriptStep } from "../../../protocol/flow/flow_simulation.ts";
import { agentFor, seatAgent } from "./seat_agent.ts";
import { answerService, SEALED } from "./answer_service.ts";
import { type Collecting, playPop } from "./play_pop.ts";
import { SIMULATED_ASSET } from "./simulated_configuration.ts";
import type { SimulatedWorld } from "./simulated_world.ts";
import type { Transition } from "../../tenants/transition.ts";

/** What people take to do something, in milliseconds. */
const REACTION_MS = 1_000;

/** Plays the script: what the contact, agents and services do when the flow is ready for it. */
export class ScriptedContact {
  #next = 0;
  #collecting: Collecting | null = null;
  #agent: { id: string; answers: boolean } | null = null;

  constructor(readonly world: SimulatedWorld, readonly steps: readonly ScriptStep[]) {}

  /** Steps that were not taken. */
  get left(): number {
    return this.steps.length - this.#next;
  }

  /** Brings about what the effects of a decision lead to. */
  react(transition: Transition): void {
    const { world } = this;
    for (const effect of transition.effects) {
      if (effect.to === "pop") {
        const collecting = playPop(world, effect.commandId, effect.command);
        if (effect.command.type === "play" || collecting) this.#collecting = collecting;
      }
      if (effect.to === "service") {
        const step = this.steps[this.#next];
        const scripted = step && "service" in step ? step.service : undefined;
        if (answerService(world, effect, scripted)) this.#next += 1;
      }
      if (effect.to === "provider") {
        const message = transition.messages.find(({ id }) => id === effect.messageId);
        if (message) world.hear({ type: "message", at: world.at, text: message.text });
      }
    }
    this.#answerOffer();
  }

  /** Takes the script's next step if the flow is ready for it; false when it is not. */
  takeStep(): boolean {
    const { world } = this;
    const step = this.steps[this.#next];
    if (!step || world.agenda.busy || !world.it || world.over) return false;
    if (!this.#take(step, world.it.phase)) return false;
    this.#next += 1;
    return true;
  }

  #take(step: ScriptStep, phase: string): boolean {
    const { world } = this;
    const { it, agenda, at } = world;
    if ("wait" in step) {
      agenda.add(at + step.wait * 1000, () => {});
      return true;
    }
    if ("hangUp" in step) {
      if (!it!.call) return this.#misfit("One who writes cannot hang up");
      world.call({ type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null });
      return true;
    }
    if ("digits" in step) return this.#type(step.digits);
    if ("silence" in step) {
      if (this.#collecting === null && this.#activity() !== "ask") return false;
      this.#collecting = null;
      const until = Math.min(agenda.next, world.deadline);
      if (until === Infinity) return false;
      agenda.add(until, () => {});
      return true;
    }
    if ("message" in step) {
      if (it!.call) return this.#misfit("One who calls cannot write");
      const passing = phase === "flow" && this.#activity() === "wait";
      if (!passing) this.write(step.message);
      return !passing;
    }
    if ("agent" in step) return phase === "queued" && this.#meet(step);
    return false;
  }

  /** The contact writes. */
  write(text: string, start?: { from: string; name?: string }): void {
    const { world } = this;
    world.send({
      type: "message-received",
      assetId: SIMULATED_ASSET,
      contact: start?.from ?? world.it!.contact,
      contactName: start ? start.name ?? null : world.it!.contactName,
      messageId: world.newId(),
      providerMessageId: world.newId(),
      text,
      sentAt: world.at,
    });
  }

  /** Types: up to the terminator or so many digits, else what came before a pause. */
  #type(typed: string): boolean {
    const { world } = this;
    if (this.#collecting === null) {
      return world.it!.call === null && this.#misfit("One who writes cannot type digits");
    }
    const { commandId, seal, maxDigits, interDigitMs, terminator } = this.#collecting;
    this.#collecting = null;
    const ending = terminator === null ? -1 : typed.indexOf(terminator);
    const digits = (ending < 0 ? typed : typed.slice(0, ending)).slice(0, maxDigits);
    const complete = ending >= 0 || digits.length === maxDigits;
    world.agenda.add(world.at + REACTION_MS + (complete ? 0 : interDigitMs), () =>
      world.call({
        ...{ type: "call.collected", commandId, outcome: complete ? "complete" : "timeout" },
        digits: seal ? null : digits,
        sealed: seal ? SEALED : null,
      }));
    return true;
  }

  #meet({ agent, agentId, afterSeconds }: Extract<ScriptStep, { agent: unknown }>): boolean {
    const { world } = this;
    const wait = afterSeconds * 1000;
    if (agent === "none") {
      world.agenda.add(world.at + wait, () => {});
      return true;
    }
    const id = agentFor(world, agentId);
    if (id === undefined) return this.#misfit("There is no agent who could get the contact");
    world.agenda.add(world.at + wait, () => {
      if (world.it?.phase !== "queued") return;
      this.#agent = { id, answers: agent === "answers" };
      seatAgent(world, id);
    });
    return true;
  }

  #answerOffer(): void {
    const { world } = this;
    const agent = this.#agent;
    const offer = world.it?.phase === "offered" ? world.it.offer : null;
    if (!agent || offer?.agentId !== agent.id) return;
    this.#agent = null;
    const { offerId } = offer;
    world.agenda.add(world.at + REACTION_MS, () => {
      if (world.it?.offer?.offerId !== offerId) return;
      if (agent.answers) return world.agent(agent.id, { type: "offer.accept", offerId });
      world.agent(agent.id, { type: "offer.decline", offerId });
      world.agent(agent.id, { type: "agent.set-state-idle", idleCode: null });
    });
  }

  /** The step is passed over, with a problem. */
  #misfit(message: string): true {
    this.world.problem(this.#next, message);
    return true;
  }

  #activity(): string | undefined {
    const { trace, it } = this.world;
    return trace.findLast(({ item }) => item.step === it!.flow.step)?.item.activityType;
  }
}
