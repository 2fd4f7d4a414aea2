import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import type { SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";
import type { CommandOutcome } from "../session/command_outcome.ts";
import type { SessionClient, SessionClientOptions } from "../session/session_client.ts";
import type { SignOnClient } from "../sign_on/sign_on_client.ts";
import { signOnMessage } from "../sign_on/sign_on_message.ts";
import { TokenKeeper } from "../sign_on/token_keeper.ts";
import type { SoftphoneClient, SoftphoneClientOptions } from "../softphone/softphone_client.ts";
import { busyKey } from "../state/busy_key.ts";
import type { Store } from "../state/store.ts";
import type { Clock } from "../time/clock.ts";
import type { Intent } from "./intent.ts";

type SessionPart = Pick<
  SessionClientOptions,
  "accessToken" | "renewToken" | "onFrame" | "onStatus"
>;
type SoftphonePart = Pick<SoftphoneClientOptions, "accessToken" | "renewToken" | "onState">;

/** What a {@linkcode DesktopController} needs of its surroundings. */
export interface DesktopControllerOptions {
  store: Store;
  clock: Clock;
  random: () => number;
  newId: () => string;
  signOn: SignOnClient;
  /** Runs `task` while no other window of this browser renews. */
  withLock: <T>(task: () => Promise<T>) => Promise<T>;
  makeSession: (part: SessionPart) => SessionClient;
  makeSoftphone: (part: SoftphonePart) => SoftphoneClient;
  /** Plays sound after a click, where the browser wanted one. */
  unblockSound: () => void;
  onAccepted: (interactionId: string) => void;
}

const SIGN_OUT_DEADLINE = 5_000;

/** Turns what the agent wants into what the clients do, and what they report into state. */
export class DesktopController {
  #options: DesktopControllerOptions;
  #keeper: TokenKeeper;
  #session: SessionClient;
  #softphone: SoftphoneClient;

  constructor(options: DesktopControllerOptions) {
    this.#options = options;
    const { store, clock, random, signOn, withLock } = options;
    this.#keeper = new TokenKeeper({
      clock,
      random,
      refresh: () => withLock(() => signOn.refresh()),
      onRenewed: ({ accessToken }) => {
        this.#session.setToken(accessToken);
        this.#softphone.renewed();
      },
      onEnded: () => this.#leave("Your sign-in has ended. Sign in again to go on."),
    });
    const accessToken = () => this.#keeper.token;
    const renewToken = () => this.#keeper.renew();
    this.#session = options.makeSession({
      accessToken,
      renewToken,
      onFrame: (frame) => store.dispatch({ type: "frame", frame, at: clock.now() }),
      onStatus: (status) => {
        if (status.status === "ended") {
          this.#leave("Your sign-in has ended. Sign in again to go on.");
        } else store.dispatch({ type: "session", status });
      },
    });
    this.#softphone = options.makeSoftphone({
      accessToken,
      renewToken,
      onState: (softphone) => store.dispatch({ type: "softphone", softphone }),
    });
    this.#watchCalls();
  }

  #watchCalls(): void {
    this.#options.store.subscribe((state, before) => {
      if (state.assignments === before.assignments) return;
      if (before.assignments.some(isCall) && !state.assignments.some(isCall)) {
        this.#softphone.callOver();
      }
    });
  }

  /** Resumes the sign-in of before a reload, if its cookie still holds. */
  async restore(): Promise<void> {
    const { store, signOn, withLock } = this.#options;
    const outcome = await withLock(() => signOn.refresh());
    if (outcome.ok) return this.#enter(outcome.answer);
    const message = outcome.reason === "unreachable" ? signOnMessage(outcome) : null;
    store.dispatch({ type: "sign-on-failed", message });
  }

  /** What the browser says of the network. */
  setOnline(online: boolean): void {
    if (this.#options.store.state.phase !== "signed-in") return;
    this.#session.setOnline(online);
    if (online) this.#softphone.retry();
  }

  /** Devices came or went, or the microphone's permission changed. */
  devicesChanged(): void {
    const { status } = this.#options.store.state.softphone;
    if (status === "refused" || status === "no-microphone") this.#softphone.retry();
  }

  /** Whether the browser refuses to play sound until the agent clicks. */
  soundBlocked(blocked: boolean): void {
    this.#softphone.setSoundBlocked(blocked);
  }

  /** Does what the agent wants. Failures show in the state. */
  handle(intent: Intent): void {
    const { store } = this.#options;
    switch (intent.type) {
      case "sign-on":
        return void this.#signOn(intent.request);
      case "sign-out":
        return void this.#signOut();
      case "go-available":
        return void this.#run({ type: "agent.set-state", state: "available" });
      case "go-idle":
        return void this.#run({ type: "agent.set-state-idle", idleCode: intent.idleCode });
      case "accept":
        return void this.#accept(intent.offerId);
      case "decline":
        return void this.#run({ type: "offer.decline", offerId: intent.offerId });
      case "end":
        return void this.#run({ type: "interaction.end", interactionId: intent.interactionId });
      case "wrap-up": {
        const { interactionId, code } = intent;
        return void this.#run({ type: "interaction.wrap-up", interactionId, code });
      }
      case "extend-contact-idle": {
        const { interactionId } = intent;
        return void this.#run({ type: "interaction.extend-contact-idle", interactionId });
      }
      case "set-variable": {
        const { interactionId, variable, value } = intent;
        return void this.#run({ type: "interaction.set-variable", interactionId, variable, value });
      }
      case "send-message":
        return void this.#startMessage(intent.interactionId, intent.text);
      case "retry-message":
        return void this.#repeatMessage(intent.messageId);
      case "discard-message":
        return store.dispatch({ type: "message-discarded", messageId: intent.messageId });
      case "draft":
        return store.dispatch({ ...intent, type: "drafted" });
      case "select":
        return store.dispatch({ ...intent, type: "selected" });
      case "toggle-mute":
        return this.#softphone.setMuted(!store.state.softphone.muted);
      case "send-digit":
        return void this.#sendDigit(intent.digit);
      case "retry-session":
        if (store.state.softphone.status === "replaced") this.#softphone.retry();
        return this.#session.retryNow();
      case "retry-softphone":
        return this.#softphone.retry();
      case "unblock-sound":
        return this.#options.unblockSound();
      case "dismiss-notice":
        return store.dispatch({ type: "notice-dismissed", id: intent.id });
    }
  }

  async #signOn(request: Extract<Intent, { type: "sign-on" }>["request"]): Promise<void> {
    const { store, signOn } = this.#options;
    if (store.state.phase === "signing-in") return;
    store.dispatch({ type: "sign-on-started" });
    const outcome = await signOn.signOn(request);
    if (outcome.ok) return this.#enter(outcome.answer);
    store.dispatch({ type: "sign-on-failed", message: signOnMessage(outcome) });
  }

  #enter(answer: SignOnAnswer): void {
    this.#keeper.keep(answer);
    this.#options.store.dispatch({ type: "signed-on", answer });
    this.#session.start();
    void this.#softphone.start(answer.softphoneUrl);
  }

  async #signOut(): Promise<void> {
    const { store, signOn } = this.#options;
    if (store.state.busy["sign-out"]) return;
    const outcome = await this.#run({ type: "agent.sign-out" }, SIGN_OUT_DEADLINE);
    if (!outcome.ok && outcome.problem.status === 409) return;
    this.#leave(null);
    if (!await signOn.signOff() && store.state.phase === "signed-out") {
      const message = "You are signed out here, but the contact centre could not be told. " +
        "Close this browser if others use it.";
      store.dispatch({ type: "signed-out", message });
    }
  }

  #leave(message: string | null): void {
    if (this.#options.store.state.phase !== "signed-in") return;
    this.#options.store.dispatch({ type: "signed-out", message });
    this.#keeper.drop();
    this.#session.stop();
    this.#softphone.stop();
  }

  async #accept(offerId: string): Promise<void> {
    const offer = this.#options.store.state.offers.find((one) => one.offerId === offerId);
    if (!offer) return;
    this.#options.onAccepted(offer.interactionId);
    await this.#run({ type: "offer.accept", offerId }, undefined, offer.interactionId);
  }

  async #run(
    command: AgentCommand,
    deadline?: number,
    awaited?: string,
  ): Promise<CommandOutcome> {
    const { store } = this.#options;
    const key = busyKey(command);
    store.dispatch({ type: "command-started", key, ...(awaited ? { awaited } : {}) });
    const outcome = await this.#session.command(command, deadline);
    if (store.state.phase === "signed-in") {
      const told = !outcome.ok && command.type !== "agent.sign-out" ? outcome.problem : null;
      const refused = !outcome.ok && outcome.problem.status === 409 ? outcome.problem : told;
      store.dispatch({ type: "command-ended", key, problem: refused });
    }
    return outcome;
  }

  async #startMessage(interactionId: string, text: string): Promise<void> {
    const { store, newId, clock } = this.#options;
    const messageId = newId();
    const at = clock.now() - store.state.skew;
    store.dispatch({ type: "message-started", messageId, interactionId, text, at });
    await this.#sendMessage(messageId);
  }

  async #repeatMessage(messageId: string): Promise<void> {
    const { store, clock } = this.#options;
    store.dispatch({ type: "message-repeated", messageId, at: clock.now() });
    await this.#sendMessage(messageId);
  }

  async #sendMessage(messageId: string): Promise<void> {
    const { store } = this.#options;
    const message = store.state.unsent.find(({ id }) => id === messageId);
    if (!message) return;
    const { interactionId, text } = message;
    const outcome = await this.#session.command({
      type: "message.send",
      interactionId,
      messageId,
      text,
    });
    if (!outcome.ok) {
      store.dispatch({ type: "message-failed", messageId, problem: outcome.problem });
    }
  }

  async #sendDigit(digit: string): Promise<void> {
    try {
      await this.#softphone.sendDigits(digit);
    } catch {
      const detail = "The digit could not be sent. Try again.";
      const problem = { type: "about:blank", title: "Digit", status: 503, detail, code: "digits" };
      this.#options.store.dispatch({ type: "command-ended", key: "digits", problem });
    }
  }
}

function isCall({ channel, state, virtual }: AssignmentView): boolean {
  return channel === "voice" && state !== "wrap-up" && virtual === null;
}
