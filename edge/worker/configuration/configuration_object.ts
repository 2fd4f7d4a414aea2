import type { DurableObjectState } from "@cloudflare/workers-types";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";
import { answerProblem } from "../app/answer_problem.ts";
import type { Bindings } from "../bindings.ts";
import { serviceToken } from "../cells/service_identity.ts";

/** The snapshot is asked for anew this often, in milliseconds; an unchanged one costs a 304. */
const REFRESH_MS = 1_000;
const TIMEOUT_MS = 4_000;

/**
 * Durable Object, one for the edge: holds the last configuration snapshot, and goes on with it
 * while the control plane is away, also over a restart. `GET /` gives the snapshot; `?refresh`
 * asks the control plane first.
 */
export class ConfigurationObject {
  #known: EdgeConfiguration | undefined;
  #refreshing: Promise<void> | undefined;

  constructor(readonly ctx: DurableObjectState, readonly env: Bindings) {}

  async fetch(request: Request): Promise<Response> {
    try {
      const known = await this.#load();
      if (!known || new URL(request.url).searchParams.has("refresh")) await this.#refresh();
      await this.#schedule();
      if (!this.#known) {
        throw new AntiphonError(
          "unavailable",
          "The edge has no configuration yet: start the control plane",
        );
      }
      return Response.json(this.#known);
    } catch (error) {
      return answerProblem(error);
    }
  }

  async alarm(): Promise<void> {
    await this.#load();
    try {
      await this.#refresh();
    } catch {
      // The control plane is away: go on with the last snapshot and ask again.
    }
    await this.ctx.storage.setAlarm(Date.now() + REFRESH_MS);
  }

  async #schedule(): Promise<void> {
    if (await this.ctx.storage.getAlarm() === null) {
      await this.ctx.storage.setAlarm(Date.now() + REFRESH_MS);
    }
  }

  async #load(): Promise<EdgeConfiguration | undefined> {
    if (this.#known) return this.#known;
    const stored = await this.ctx.storage.get<string>("snapshot");
    if (stored) this.#known = EdgeConfiguration.parse(JSON.parse(stored));
    return this.#known;
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#ask().finally(() => this.#refreshing = undefined);
    return this.#refreshing;
  }

  async #ask(): Promise<void> {
    const { EDGE_ID, CONTROL_PLANE_URL } = this.env;
    const response = await fetch(
      `${CONTROL_PLANE_URL}/internal/edges/${EDGE_ID}/configuration`,
      {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          authorization: `Bearer ${await serviceToken(this.env, "control-plane")}`,
          ...(this.#known ? { "if-none-match": `"${this.#known.version}"` } : {}),
        },
      },
    );
    if (response.status === 304) return void await response.body?.cancel();
    const body: unknown = await response.json();
    if (!response.ok) {
      throw new AntiphonError("unavailable", `The control plane answered ${response.status}`);
    }
    const fresh = EdgeConfiguration.parse(body);
    this.#known = fresh;
    await this.ctx.storage.put("snapshot", JSON.stringify(fresh));
  }
}
