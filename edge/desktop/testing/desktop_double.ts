import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import { DesktopFrame } from "../../../protocol/agent_session/session_frame.ts";
import { SoftphoneFrame } from "../../../protocol/softphone/softphone_frame.ts";
import type { SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";
import { signOnAnswer } from "./samples.ts";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
};
const SESSION = "0190a0a0-0000-7000-8000-0000000005e5";

/** What the double does with a command: nothing to take it, a detail to refuse it, or silence. */
export type CommandAnswer = void | { refuse: string; code?: string } | "silence";

/**
 * An edge and a PoP in a test's hand: serves the desktop, signs on, speaks the session protocol and
 * the softphone's signalling, all on one loopback port.
 */
export class DesktopDouble {
  readonly commands: AgentCommand[] = [];
  readonly hellos: Extract<DesktopFrame, { type: "hello" }>[] = [];
  readonly softphoneMethods: string[] = [];
  /** Refresh answers 401 until someone signed on. */
  signedOn = false;
  /** What the session starts with. */
  snapshot: DesktopSnapshot;
  /** What a sign-on grants besides the usual, e.g. another softphone's address. */
  grant: Partial<SignOnAnswer> = {};
  /** What happens to a command. */
  onCommand: (command: AgentCommand) => CommandAnswer = () => {};
  #server: Deno.HttpServer<Deno.NetAddr>;
  #root: URL;
  #session: WebSocket | null = null;
  #softphone: WebSocket | null = null;
  #log: { seq: number; event: AgentEvent }[] = [];
  #seq = 0;
  #accepting = true;
  #onHeard: () => void = () => {};

  constructor(root: URL, snapshot: DesktopSnapshot) {
    this.#root = root;
    this.snapshot = snapshot;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** Where the desktop is. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  /** Tells the desktop of something; kept for a resume. */
  tell(event: AgentEvent): void {
    const entry = { seq: ++this.#seq, event };
    this.#log.push(entry);
    this.say({ type: "event", ...entry });
  }

  /** Says a session frame as it is. */
  say(frame: unknown): void {
    if (this.#session?.readyState === WebSocket.OPEN) this.#session.send(JSON.stringify(frame));
  }

  /** Tells the softphone that a leg joined or left. */
  leg(event: "leg-joined" | "leg-left", callId: string): void {
    this.#softphone?.send(JSON.stringify({ event, callId, legId: callId }));
  }

  /** Cuts the session; new ones are refused until {@linkcode restore}. */
  cut(code = 1012): void {
    this.#accepting = false;
    this.#session?.close(code === 1012 ? 4000 : code, "cut");
  }

  /** Takes sessions again. */
  restore(): void {
    this.#accepting = true;
  }

  /** Resolves once `count` commands have come in all; rejects after ten seconds. */
  async heard(count: number): Promise<void> {
    const signal = AbortSignal.timeout(10_000);
    while (this.commands.length < count) {
      await new Promise<void>((resolve, reject) => {
        signal.onabort = () => reject(new Error(`${this.commands.length} commands, not ${count}`));
        this.#onHeard = resolve;
      });
    }
  }

  async close(): Promise<void> {
    this.#session?.close();
    this.#softphone?.close();
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/v1/session") return this.#openSession(request);
    if (pathname === "/softphone") return this.#openSoftphone(request);
    if (request.method === "POST") return await this.#post(pathname, request);
    return await this.#file(pathname);
  }

  async #post(pathname: string, request: Request): Promise<Response> {
    const body = await request.json();
    const softphoneUrl = `${this.url.replace("http", "ws")}softphone`;
    if (pathname === "/v1/sign-off") {
      this.signedOn = false;
      return Response.json({});
    }
    const good = pathname === "/v1/sign-on" ? body.password === "correct" : this.signedOn;
    if (good) {
      this.signedOn = true;
      return Response.json(signOnAnswer({ softphoneUrl, ...this.grant }));
    }
    return Response.json(problem(401, "invalid_credentials", "No."), { status: 401 });
  }

  async #file(pathname: string): Promise<Response> {
    const name = pathname === "/" ? "index.html" : pathname.slice(1);
    try {
      const body = await Deno.readFile(new URL(name, this.#root));
      const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
      return new Response(body, {
        headers: {
          "content-type": type,
          "content-security-policy":
            "default-src 'self'; connect-src 'self' ws: wss:; style-src 'self'",
        },
      });
    } catch {
      return new Response("not found", { status: 404 });
    }
  }

  #openSession(request: Request): Response {
    if (!this.#accepting) return new Response("away", { status: 503 });
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => this.#hear(socket, DesktopFrame.parse(JSON.parse(data)));
    return response;
  }

  #hear(socket: WebSocket, frame: DesktopFrame): void {
    if (frame.type === "hello") {
      this.#session = socket;
      this.hellos.push(frame);
      const resumed = frame.session === SESSION && frame.lastSeq !== null;
      this.say({ type: "welcome", session: SESSION, resumed });
      if (!resumed) return this.tell({ type: "snapshot", snapshot: this.snapshot });
      const missed = this.#log.filter(({ seq }) => seq > (frame.lastSeq ?? 0));
      for (const entry of missed) this.say({ type: "event", ...entry });
    } else if (frame.type === "ping") this.say({ type: "pong" });
    else if (frame.type === "command") {
      const { commandId, command } = frame;
      this.commands.push(command);
      this.#onHeard();
      const answer = this.onCommand(command);
      if (answer === "silence") return;
      const refused = answer
        ? problem(409, answer.code ?? "state_not_allowed", answer.refuse)
        : null;
      this.say({ type: "result", commandId, ok: !refused, problem: refused });
    }
  }

  #openSoftphone(request: Request): Response {
    const { socket, response } = Deno.upgradeWebSocket(request);
    this.#softphone = socket;
    socket.onmessage = ({ data }) => {
      const frame = SoftphoneFrame.parse(JSON.parse(data));
      this.softphoneMethods.push(frame.method);
      socket.send(JSON.stringify({ id: frame.id, ok: true, data: {} }));
    };
    return response;
  }
}

function problem(status: number, code: string, detail: string) {
  return { type: "about:blank", title: code, status, detail, code };
}
