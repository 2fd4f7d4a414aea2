import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import type { CallCommand } from "../../../protocol/pop_link/call_command.ts";
import type { ConfigurationIndex } from "../../configuration/configuration_index.ts";
import type { Interaction } from "../../interactions/interaction.ts";
import type { StreamedBot } from "../../virtual_agents/streamed_bot.ts";
import type { ServiceRequest } from "../../services/service_request.ts";
import type { Transition } from "../../tenants/transition.ts";
import { decodeValue } from "../expressions/decode_value.ts";
import { encodeValue } from "../expressions/encode_value.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { isTrue } from "../expressions/is_true.ts";
import { renderTemplate } from "../expressions/render_template.ts";
import type { Value } from "../expressions/value.ts";
import type { FlowThread, Kept } from "../flow_thread.ts";
import { FlowFault } from "./flow_fault.ts";
import { roundsKey } from "../rounds_key.ts";
import { flowScope } from "./flow_scope.ts";
import { FLOW_LIMITS } from "./flow_limits.ts";

/** Where one step of a flow is taken. */
export interface StepPlace {
  t: Transition;
  it: Interaction;
  thread: FlowThread;
  /** Types of the flow's variables. */
  types: Readonly<Record<string, VariableType>>;
  activityId: string;
}

/** One activity's turn: what it may look at and do. `A` is the activity as its schema gives it. */
export class FlowStep<A> {
  readonly it: Interaction;
  readonly thread: FlowThread;
  /** What the step set, for its trace: values of sealed variables are left out. */
  readonly output: Record<string, string> = {};
  /** What it asked for, for its trace. */
  input: unknown = null;
  readonly #t: Transition;
  readonly #place: StepPlace;
  #begun: boolean;

  /**
   * @param number The step's number.
   * @param begun Whether the log has it already: it waits, and hears something.
   */
  constructor(place: StepPlace, readonly activity: A, readonly number: number, begun: boolean) {
    this.#t = place.t;
    this.#place = place;
    this.it = place.it;
    this.thread = place.thread;
    this.#begun = begun;
  }

  /** Now, epoch ms. */
  get at(): number {
    return this.#t.at;
  }

  get configuration(): ConfigurationIndex {
    return this.#t.configuration;
  }

  /** What the activity kept when it last waited. */
  get kept(): Kept {
    return this.thread.kept;
  }

  /** The decision under way, for what changes more than the flow. */
  get t(): Transition {
    this.begin(null, null);
    return this.#t;
  }

  /** Writes down that the activity was entered, or how long it waits now. */
  begin(deadline: number | null, kept: Kept): void {
    const { it, thread } = this.#place;
    if (!this.#begun) {
      this.#begun = true;
      this.#t.emit({
        type: "flow.entered",
        interactionId: it.id,
        thread: thread.id,
        activityId: this.#place.activityId,
        step: this.number,
        deadline,
        kept,
      });
      return;
    }
    if (deadline === null) return;
    this.#t.emit({
      type: "flow.waits",
      interactionId: it.id,
      thread: thread.id,
      step: this.number,
      deadline,
      kept,
    });
  }

  /** Text with its expressions filled in. @throws FlowFault `expression-failed`, `variable-sealed` */
  text(template: string): string {
    return this.tried(() => renderTemplate(template, this.#scope()));
  }

  /** Value of an expression. @throws FlowFault `expression-failed`, `variable-sealed` */
  value(expression: string): Value {
    return this.tried(() => evaluate(expression, this.#scope()));
  }

  /** Whether a condition holds. @throws FlowFault as `value` */
  isTrue(expression: string): boolean {
    return isTrue(this.value(expression));
  }

  /**
   * Sets a variable, as its type reads the value.
   * @throws FlowFault `variable-sealed` for a sensitive one, `expression-failed` when the value
   * does not fit the type, `value-too-long`, `flow-out-of-memory`
   */
  set(variable: string, value: Value): void {
    if (this.it.variableLists.sensitive.includes(variable)) {
      throw new FlowFault("variable-sealed", `${variable} is sensitive and takes no clear value`);
    }
    const type = this.#place.types[variable] ?? "text";
    const text = this.tried(() => encodeValue(type, value, this.configuration.settings.timeZone));
    this.#write(variable, text);
    this.output[variable] = text;
  }

  /** Sets a variable to a text, as it is stored, once it is known to fit the type. */
  setText(variable: string, text: string): void {
    const type = this.#place.types[variable] ?? "text";
    this.set(
      variable,
      this.tried(() => decodeValue(type, text, this.configuration.settings.timeZone)),
    );
  }

  /** How often the activity has sent the flow round. */
  get rounds(): number {
    return this.it.flow.rounds[roundsKey(this.thread, this.#place.activityId)] ?? 0;
  }

  /** Counts how often the activity has sent the flow round; 0 forgets it. */
  setRounds(rounds: number): void {
    this.begin(null, null);
    const { activityId } = this.#place;
    const [interactionId, thread] = [this.it.id, this.thread.id];
    this.#t.emit({ type: "flow.counted", interactionId, thread, activityId, rounds });
  }

  /** Sets a sensitive variable to what was encrypted at its source (compact JWE). */
  setSealed(variable: string, sealed: string): void {
    this.#write(variable, sealed);
    this.output[variable] = "(sealed)";
  }

  /**
   * Commands the interaction's call; the answer names this step.
   *
   * @param part Tells one of several commands of the same step from the others.
   * @param bot What the shell adds to a stream as it is delivered.
   * @throws FlowFault `not-available`
   */
  pop(command: CallCommand, part?: number, bot?: StreamedBot): void {
    const { it } = this;
    if (!it.call || it.call.ended) throw new FlowFault("not-available", "There is no call");
    this.input = command;
    this.#t.effects.push({
      to: "pop",
      popId: it.call.popId,
      callId: it.call.callId,
      commandId: `${it.id}:flow:${this.number}${part === undefined ? "" : `:${part}`}`,
      command,
      ...bot ? { bot } : {},
    });
  }

  /** Asks a service outside; the answer names this step. */
  service(request: ServiceRequest): void {
    this.input = { type: request.type };
    this.#t.effects.push({
      to: "service",
      interactionId: this.it.id,
      step: this.number,
      request,
    });
  }

  #write(variable: string, value: string): void {
    if (value.length > FLOW_LIMITS.value) {
      throw new FlowFault("value-too-long", `${variable} would have ${value.length} characters`);
    }
    const { variables } = this.it.flow;
    let size = value.length;
    for (const name in variables) if (name !== variable) size += variables[name].length;
    if (size > FLOW_LIMITS.memory) {
      throw new FlowFault("flow-out-of-memory", `The variables would have ${size} characters`);
    }
    this.begin(null, null);
    this.#t.emit({
      type: "flow.variable-set",
      interactionId: this.it.id,
      variable,
      value,
      agentId: null,
    });
  }

  #scope() {
    return flowScope(this.#t, this.it, this.#place.types);
  }

  /** Runs what may fail as expressions do. @throws FlowFault */
  tried<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const message = error instanceof Error ? error.message : String(error);
      if (code === "variable_sealed") throw new FlowFault("variable-sealed", message);
      if (typeof code === "string") throw new FlowFault("expression-failed", message);
      throw error;
    }
  }
}
