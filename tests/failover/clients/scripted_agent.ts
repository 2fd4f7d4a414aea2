import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import type { Message } from "../../../protocol/interaction/message.ts";
import { until } from "../../peers/until.ts";
import type { History } from "../history/history.ts";
import { type Person, signOn } from "./sign_on.ts";
import { Ticker } from "./ticker.ts";

/** The edge tries a command for 8 seconds; what takes longer than this never gets a result. */
const RESULT_MS = 15_000;
const RECONNECT_MS = 500;
const CODE = "resolved";

/** A promised result of a command. */
interface Waiting {
  resolve: (frame: Extract<SessionFrame, { type: "result" }> | null) => void;
}

/** An agent without a browser: takes every offer, answers everybody, closes short conversations. */
export class ScriptedAgent implements AsyncDisposable {
  readonly assignments = new Map<string, AssignmentView>();
  /** Every message that the desktop was ever told of, by its id. */
  readonly messages = new Map<string, Message>();
  readonly #offers: string[] = [];
  readonly #contacts = new Map<string, string>();
  readonly #results = new Map<string, Waiting>();
  #socket: WebSocket | undefined;
  #token = "";
  #session: string | null = null;
  #seq: number | null = null;
  #replies = 0;
  #turn = 0;
  #closing = false;
  #ticker: Ticker | undefined;
  #finishing = false;

  private constructor(readonly who: Person, public history: History) {}

  /** Signs on, opens the desktop's socket and becomes available. */
  static async start(who: Person, history: History): Promise<ScriptedAgent> {
    const agent = new ScriptedAgent(who, history);
    await agent.connect();
    await agent.command({ type: "agent.set-state", state: "available" });
    return agent;
  }

  /** Opens the socket anew, so that the desktop is told everything again. */
  async connect(): Promise<void> {
    this.#closing = true;
    this.#socket?.close();
    [this.#session, this.#seq] = [null, null];
    this.#token = await signOn(this.who);
    this.#closing = false;
    this.#open();
    await until("the agent's snapshot", () => this.#seq !== null);
  }

  /** Works until {@linkcode rest}: one thing after the other, at most every `everyMs`. */
  work(everyMs: number): void {
    this.#ticker = new Ticker(everyMs, () => this.#step());
  }

  /** From now on answers nobody but those who have not had an answer yet. */
  finish(): void {
    this.#finishing = true;
  }

  /** Finishes what is under way. */
  async rest(): Promise<void> {
    await this.#ticker?.[Symbol.asyncDispose]();
    this.#ticker = undefined;
  }

  /** Closes every conversation. */
  async endAll(): Promise<void> {
    for (const { interactionId, state } of this.assignments.values()) {
      if (state !== "wrap-up") await this.command({ type: "interaction.end", interactionId });
      await this.command({ type: "interaction.wrap-up", interactionId, code: CODE });
    }
  }

  /** Notes all messages as they stand in the end. */
  noteMessages(): void {
    const sorted = [...this.messages.values()].sort((a, b) => a.at - b.at);
    for (const [order, { interactionId, direction, author, text, status }] of sorted.entries()) {
      if (author === "flow") continue;
      const conversation = this.#contacts.get(interactionId) ?? interactionId;
      const told = { conversation, direction, text, order, number: null };
      this.history.note({ kind: "message", ...told, failed: status === "failed" });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    await this.rest();
    this.#socket?.close();
  }

  /** Gives a command and waits for its result. */
  async command(
    command: AgentCommand,
    said: { conversation?: string; text?: string } = {},
  ): Promise<boolean> {
    const commandId = crypto.randomUUID();
    const client = this.who.username;
    const op = { kind: "op", op: "command", client, id: commandId, ...said } as const;
    this.history.note({ ...op, phase: "invoke" });
    const { promise, resolve } = Promise.withResolvers<Parameters<Waiting["resolve"]>[0]>();
    this.#results.set(commandId, { resolve });
    const late = setTimeout(() => resolve(null), RESULT_MS);
    this.#send({ type: "command", commandId, command });
    const result = await promise;
    clearTimeout(late);
    this.#results.delete(commandId);
    if (result === null) this.history.note({ ...op, phase: "unknown" });
    else if (result.ok) this.history.note({ ...op, phase: "ok" });
    else {
      const { code, data } = result.problem ?? {};
      const reason = `${command.type} ${code} ${JSON.stringify(data ?? {})}`;
      this.history.note({ ...op, phase: "fail", reason });
    }
    return result?.ok ?? false;
  }

  async #step(): Promise<void> {
    const offerId = this.#offers.shift();
    if (offerId) return void await this.command({ type: "offer.accept", offerId });
    const all = [...this.assignments.values()];
    const mine = all[this.#turn++ % Math.max(1, all.length)];
    if (!mine) return void await this.command({ type: "agent.set-state", state: "available" });
    const { interactionId, state, contact } = mine;
    if (state === "wrap-up") {
      return void await this.command({ type: "interaction.wrap-up", interactionId, code: CODE });
    }
    if (state !== "connected") return;
    const short = [...this.messages.values()].some((it) =>
      it.interactionId === interactionId && it.text.startsWith("short")
    );
    if (this.#finishing && !short) return;
    const text = `reply ${this.who.username} ${++this.#replies}`;
    const messageId = crypto.randomUUID();
    const send = { type: "message.send", interactionId, messageId, text } as const;
    const sent = await this.command(send, { conversation: contact, text });
    if (sent && short) await this.command({ type: "interaction.end", interactionId });
  }

  #open(): void {
    const socket = new WebSocket(`${this.who.edgeUrl.replace("http", "ws")}/v1/session`);
    this.#socket = socket;
    socket.onopen = () => {
      const hello = { session: this.#session, lastSeq: this.#seq, accessToken: this.#token };
      this.#send({ type: "hello", version: 1, ...hello });
      this.#note("connected");
    };
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onerror = () => {};
    socket.onclose = ({ code }) => {
      if (this.#closing || socket !== this.#socket) return;
      this.#note("closed", { reason: String(code) });
      setTimeout(() => this.#closing || this.#open(), RECONNECT_MS);
    };
  }

  #hear(frame: SessionFrame): void {
    if (frame.type === "welcome") this.#session = frame.session;
    if (frame.type === "result") this.#results.get(frame.commandId)?.resolve(frame);
    if (frame.type === "event") {
      this.#learn(frame.event);
      this.#seq = frame.seq;
    }
  }

  #learn(event: AgentEvent): void {
    switch (event.type) {
      case "snapshot":
        this.assignments.clear();
        this.#offers.length = 0;
        for (const it of event.snapshot.assignments) this.#assign(it);
        for (const { offerId } of event.snapshot.offers) this.#offers.push(offerId);
        for (const message of event.snapshot.messages) this.messages.set(message.id, message);
        break;
      case "offer.made": {
        const { offerId, interactionId } = event.offer;
        this.#offers.push(offerId);
        this.#note("offer-made", { offerId, interactionId });
        break;
      }
      case "offer.ended": {
        const { offerId, interactionId, reason } = event;
        const at = this.#offers.indexOf(offerId);
        if (at >= 0) this.#offers.splice(at, 1);
        this.#note("offer-ended", { offerId, interactionId, reason });
        break;
      }
      case "assignment.changed":
        this.#assign(event.assignment);
        break;
      case "assignment.removed":
        this.assignments.delete(event.interactionId);
        this.#note("removed", { interactionId: event.interactionId });
        break;
      case "message.changed":
        this.messages.set(event.message.id, event.message);
        break;
      default:
    }
  }

  #assign(assignment: AssignmentView): void {
    const { interactionId, contact } = assignment;
    if (!this.assignments.has(interactionId)) this.#note("assigned", { interactionId });
    this.assignments.set(interactionId, assignment);
    this.#contacts.set(interactionId, contact);
  }

  #note(
    what: "connected" | "closed" | "offer-made" | "offer-ended" | "assigned" | "removed",
    more: { offerId?: string; interactionId?: string; reason?: string } = {},
  ): void {
    this.history.note({ kind: "agent", client: this.who.username, what, ...more });
  }

  #send(frame: unknown): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
