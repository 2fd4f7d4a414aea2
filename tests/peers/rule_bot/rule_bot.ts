import { answerBy, type BotInput, type BotRules } from "./bot_rules.ts";
import { mediaDialogue } from "./media_dialogue.ts";
import { verifyToken } from "./verify_token.ts";
import { verifyWebhook } from "./verify_webhook.ts";

/** Ways in which the bot may fail, named in its address as `?does=`. */
export const MISBEHAVIOURS = [
  "slow",
  "silent",
  "broken",
  "nonsense",
  "closes",
  "redirects",
  "fails",
  "refuses",
  "huge",
  "echo",
] as const;

/** What the bot is asked in a turn, as far as it looks. */
interface Turn {
  sessionId: string;
  channel: string;
  turn: number;
  input: BotInput;
}

/** A bot that answers by rules, over both adapters: `/talk` turn by turn, `/ear` by a stream. */
export class RuleBot implements AsyncDisposable {
  /** Turns that came in with a good signature. */
  readonly turns: (Turn & { id: string })[] = [];
  /** Requests and sockets that were turned away. */
  refused = 0;
  readonly #rules: BotRules;
  readonly #secret: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #missed = new Map<string, number>();
  readonly #sockets = new Set<WebSocket>();
  /** Answers by request id: a repeat is answered the same. */
  readonly #answered = new Map<string, string>();
  readonly #slow = new Set<() => void>();

  constructor(rules: BotRules, secret: string, port = 0) {
    this.#rules = rules;
    this.#secret = secret;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port, onListen: () => {} },
      (request) => this.#serve(request),
    );
  }

  get port(): number {
    return this.#server.addr.port;
  }

  /** Its address for a webhook or a stream. */
  url(adapter: "webhook" | "streaming", does?: (typeof MISBEHAVIOURS)[number]): string {
    const [scheme, path] = adapter === "webhook" ? ["http", "talk"] : ["ws", "ear"];
    return `${scheme}://127.0.0.1:${this.port}/${path}${does ? `?does=${does}` : ""}`;
  }

  /** Cuts every socket off. */
  drop(): void {
    for (const socket of this.#sockets) socket.close(1001);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const go of this.#slow) go();
    this.drop();
    await this.#server.shutdown();
  }

  async #serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const does = url.searchParams.get("does");
    if (does === "redirects") {
      return new Response(null, { status: 302, headers: { location: "http://127.0.0.1:1/" } });
    }
    if (does === "fails") return new Response("no", { status: 500 });
    if (url.pathname === "/ear") return this.#stream(request, does);
    return await this.#turn(request, does);
  }

  #stream(request: Request, does: string | null): Response {
    const { url, headers } = request;
    const address = url.replace(/^http/, "ws");
    const claims = verifyToken(this.#secret, headers.get("authorization"), address, seconds());
    if (!claims || does === "refuses") {
      this.refused++;
      return new Response("Who are you?", { status: 401 });
    }
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    this.#sockets.add(socket);
    socket.onclose = () => this.#sockets.delete(socket);
    socket.onerror = () => this.#sockets.delete(socket);
    mediaDialogue(socket, {
      rules: this.#rules,
      echo: does === "echo",
      silent: does === "silent" || does === "slow",
      closes: does === "closes",
      ...does === "broken" ? { instead: "{" } : {},
      ...does === "nonsense" ? { instead: '{"event":"sing"}' } : {},
      ...does === "huge" ? { instead: "x".repeat(300_000) } : {},
    });
    return response;
  }

  async #turn(request: Request, does: string | null): Promise<Response> {
    const body = await request.text();
    if (!verifyWebhook(this.#secret, request.headers, body, seconds()) || does === "refuses") {
      this.refused++;
      return new Response("Who are you?", { status: 401 });
    }
    const id = request.headers.get("webhook-id")!;
    const known = this.#answered.get(id);
    if (known !== undefined) return json(known);
    const turn: Turn = JSON.parse(body);
    this.turns.push({ ...turn, id });
    if (does === "slow" || does === "silent") {
      await new Promise<void>((resolve) => this.#slow.add(resolve));
    }
    if (does === "broken") return json("{");
    if (does === "nonsense") return json('{"messages":"hello"}');
    if (does === "huge") {
      return json(JSON.stringify({ messages: [], padding: "x".repeat(1 << 20) }));
    }
    const answer = this.#answer(turn);
    this.#answered.set(id, answer);
    return json(answer);
  }

  #answer({ sessionId, channel, input }: Turn): string {
    const missed = this.#missed.get(sessionId) ?? 0;
    const { text, outcome, understood } = answerBy(this.#rules, input, missed);
    if (understood) this.#missed.delete(sessionId);
    else this.#missed.set(sessionId, missed + 1);
    const typed = channel === "voice";
    return JSON.stringify({
      messages: text === null ? [] : [{ text }],
      expect: outcome ? "nothing" : typed ? "digits" : "text",
      ...typed && !outcome ? { maxDigits: 1 } : {},
      ...outcome ? { outcome: { ...outcome, variables: { botSaid: text ?? "" } } } : {},
    });
  }
}

function json(text: string): Response {
  return new Response(text, { headers: { "content-type": "application/json" } });
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
