import type { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import type { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import type { SwitchOver } from "../../protocol/keeper/switch_over.ts";
import { SwitchOverRequest } from "../../protocol/keeper/switch_over.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import { verifyServiceToken } from "../../protocol/service_token/verify_service_token.ts";

/**
 * A site's keeper behind a real socket, as far as the control plane talks to it: it checks tokens
 * and speaks the protocol's schemas, and does nothing.
 */
export class KeeperDouble implements AsyncDisposable {
  /** Requests that were let in. */
  readonly asked: string[] = [];
  readonly switchOvers: SwitchOver[] = [];
  readonly audit: KeeperAudit[] = [];
  status: KeeperStatus;
  /** Instead of an answer; all but "nonsense" to switch-overs alone. "cut": it acts, and is not heard. */
  trouble: "none" | "cut" | "nonsense" | AntiphonError = "none";
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(
    readonly site: string,
    readonly keys: readonly ServiceKey[],
    readonly now: () => number,
    held: boolean,
  ) {
    this.status = statusOf(site, held);
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request).catch(problemOf),
    );
  }

  get address(): { site: string; url: string } {
    return { site: this.site, url: `http://127.0.0.1:${this.#server.addr.port}` };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const token = request.headers.get("authorization")?.slice("Bearer ".length) ?? "";
    const audience = `keeper:${this.site}`;
    const { keys, now } = this;
    await verifyServiceToken(token, { keys, audience, kinds: ["control-plane"], now });
    const { pathname } = new URL(request.url);
    this.asked.push(`${request.method} ${pathname}`);
    const [, , , , rest, id] = pathname.split("/");
    const isMove = request.method === "POST";
    if (this.trouble === "nonsense") return new Response("<html>");
    if (isMove && this.trouble instanceof AntiphonError) throw this.trouble;
    if (isMove && this.trouble === "cut") {
      this.#begin(await request.json());
      return new Response('{"id":', { status: 202 });
    }
    if (isMove) return Response.json(this.#begin(await request.json()), { status: 202 });
    if (rest === "audit") return Response.json({ items: this.audit });
    if (rest === undefined) return Response.json(this.status);
    if (id === undefined) return Response.json({ items: this.switchOvers });
    const known = this.switchOvers.find((it) => it.id === id);
    if (known) return Response.json(known);
    throw new AntiphonError("not_found", "There is no such switch-over");
  }

  #begin(body: unknown): SwitchOver {
    const { to, rehearse, force, requestedBy } = SwitchOverRequest.parse(body);
    const begun: SwitchOver = {
      ...{ id: crypto.randomUUID(), clusterId: "E39", from: this.site, to, rehearse },
      ...{ forced: force !== undefined, requestedBy, requestedAt: this.now(), state: "checking" },
      ...{ checks: [], steps: [], epochBefore: 3, epochAfter: null, problem: null },
    };
    this.switchOvers.push(begun);
    return begun;
  }
}

function statusOf(site: string, held: boolean): KeeperStatus {
  return {
    ...{ clusterId: "E39", site, role: held ? "primary" : "standby" },
    lease: { held, validMs: held ? 2000 : 0, term: 4, holder: "eu-central" },
    ...{ epoch: 3, position: "0/3000060", inSync: ["eu-central", "us-east"] },
    replication: held
      ? { standby: "us-east", state: "streaming", sync: true, lagBytes: 0, lagMs: 81 }
      : null,
    ...{ degraded: null, disk: { freeBytes: 1e9 }, problem: null },
  };
}

function problemOf(error: unknown): Response {
  const problem = toProblem(error);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json" },
  });
}
