import type { AgentCommand } from "../../protocol/agent_session/agent_command.ts";
import type { Problem } from "../../protocol/errors/problem.ts";
import type { SignOnAnswer, SignOnRequest } from "../../protocol/sign_on/sign_on.ts";
import { ToneProbe } from "./probe/tone_probe.ts";
import { SessionClient, type SessionSocket } from "./session/session_client.ts";
import { RequestRefused, signOff, signOn } from "./sign_on/sign_on_client.ts";
import { Softphone } from "./softphone/softphone.ts";
import { type DesktopState, initialState } from "./state/desktop_state.ts";
import { type Action, reduce } from "./state/reduce.ts";

/**
 * The desktop's shell: holds the state, and connects it with the edge, the PoP and the browser.
 * Tells of every change by a "change" event.
 */
export class DesktopController extends EventTarget {
  state: DesktopState = initialState();
  readonly #player = new Audio();
  #access: SignOnAnswer | null = null;
  #session: SessionClient | null = null;
  #softphone: Softphone | null = null;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #probe: ToneProbe | null = null;

  /** Takes up a session that the browser still keeps, or asks to sign in. */
  async resume(): Promise<void> {
    if (new URLSearchParams(location.search).has("probe")) {
      this.#probe = new ToneProbe();
      Object.assign(globalThis, { antiphonProbe: this.#probe });
    }
    try {
      this.#begin(await signOn(null));
    } catch {
      this.#dispatch({ type: "signed-out", notice: null });
    }
  }

  async signIn(credentials: SignOnRequest): Promise<void> {
    this.#dispatch({ type: "signing-in" });
    try {
      this.#begin(await signOn(credentials));
    } catch (error) {
      const notice = error instanceof RequestRefused
        ? words(error.problem)
        : "The edge cannot be reached. Check your connection and try again.";
      this.#dispatch({ type: "signed-out", notice });
    }
  }

  async signOut(): Promise<void> {
    const problem = await this.#session?.command({ type: "agent.sign-out" });
    if (problem?.code === "state_not_allowed") {
      return this.#dispatch({ type: "notice", text: problem.detail });
    }
    await signOff().catch(() => {});
    this.#end("You are signed out.");
  }

  /** Asks for something; what stands in the way is shown. */
  async ask(command: AgentCommand): Promise<boolean> {
    const problem = await this.#session?.command(command);
    if (problem) this.#dispatch({ type: "notice", text: words(problem) });
    return !problem;
  }

  /** Sends a reply, shown at once and marked when it did not get through. */
  async reply(interactionId: string, text: string, messageId = crypto.randomUUID() as string) {
    this.#dispatch({
      type: "sending",
      message: {
        id: messageId,
        interactionId,
        direction: "outbound",
        author: "agent",
        text,
        at: Date.now(),
        status: "pending",
        failure: null,
      },
    });
    const problem = await this.#session?.command({
      type: "message.send",
      interactionId,
      messageId,
      text,
    });
    if (problem) this.#dispatch({ type: "not-sent", messageId, why: problem.code });
  }

  mute(muted: boolean): void {
    this.#softphone?.mute(muted);
    this.#dispatch({ type: "muted", muted });
  }

  select(interactionId: string): void {
    this.#dispatch({ type: "select", interactionId });
  }

  dismiss(): void {
    this.#dispatch({ type: "notice", text: null });
  }

  retryMicrophone(): void {
    this.#startSoftphone();
  }

  #begin(access: SignOnAnswer): void {
    this.#access = access;
    const { agent, tenantId, tenantName } = access;
    this.#dispatch({
      type: "signed-in",
      person: { agentId: agent.id, name: agent.name, tenantId, tenantName },
    });
    this.#session = new SessionClient({
      open: () => {
        const url = new URL("/v1/session", location.href);
        url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
        url.searchParams.set("tenant", tenantId);
        url.searchParams.set("agent", agent.id);
        return new WebSocket(url) as unknown as SessionSocket;
      },
      accessToken: () => this.#access?.accessToken ?? "",
      timer: (ms, run) => {
        const id = setTimeout(run, ms);
        return () => clearTimeout(id);
      },
      newId: () => crypto.randomUUID(),
      event: (event) => this.#dispatch({ type: "event", event }),
      connected: (connected) =>
        this.#dispatch({
          type: "connection",
          connection: connected ? "connected" : "reconnecting",
        }),
      cluster: (reachable) => this.#dispatch({ type: "cluster", reachable }),
      ended: (reason) => {
        if (reason === "unauthenticated") return void this.#renew();
        this.#end("You signed in elsewhere, so this desktop was closed.");
      },
    });
    this.#session.start();
    this.#startSoftphone();
    this.#scheduleRenewal(access.expiresIn);
  }

  #startSoftphone(): void {
    this.#softphone?.close();
    const url = this.#access?.softphoneUrl;
    if (!url) return;
    this.#softphone = new Softphone({
      url,
      accessToken: () => this.#access?.accessToken ?? "",
      state: (state) => this.#dispatch({ type: "softphone", state }),
      audio: (track) => {
        this.#player.srcObject = new MediaStream([track]);
        this.#player.play().catch(() => {
          this.#dispatch({
            type: "notice",
            text: "Click anywhere so that the browser plays sound.",
          });
          addEventListener("click", () => this.#player.play(), { once: true });
        });
        this.#probe?.listen(track);
      },
    });
    this.#softphone.start();
  }

  /** Gets a fresh access token well before the old one ends. */
  #scheduleRenewal(expiresIn: number): void {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.#renew(), expiresIn * 700);
  }

  async #renew(): Promise<void> {
    try {
      this.#access = await signOn(null);
      this.#session?.renew(this.#access.accessToken);
      this.#softphone?.renew(this.#access.accessToken);
      this.#scheduleRenewal(this.#access.expiresIn);
    } catch (error) {
      if (error instanceof RequestRefused && error.problem.status === 401) {
        return this.#end("Your session has ended. Please sign in again.");
      }
      this.#renewal = setTimeout(() => this.#renew(), 3_000);
    }
  }

  #end(notice: string): void {
    clearTimeout(this.#renewal);
    this.#session?.stop();
    this.#softphone?.close();
    this.#session = null;
    this.#softphone = null;
    this.#access = null;
    this.#player.srcObject = null;
    this.#dispatch({ type: "signed-out", notice });
  }

  #dispatch(action: Action): void {
    this.state = reduce(this.state, action);
    this.dispatchEvent(new Event("change"));
  }
}

/** A problem in words for an agent. */
function words(problem: Problem): string {
  switch (problem.code) {
    case "invalid_credentials":
      return "Tenant, user name or password is wrong.";
    case "offer_gone":
      return "The offer has ended meanwhile.";
    case "too_many_requests":
      return "Too many attempts. Wait a moment before the next.";
    case "invalid_request":
      return problem.errors?.map((e) => `${e.path}: ${e.message}`).join(". ") ?? problem.detail;
    default:
      return problem.detail.endsWith(".") ? problem.detail : `${problem.detail}.`;
  }
}
