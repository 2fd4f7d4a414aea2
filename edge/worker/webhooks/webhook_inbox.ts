import type { DurableObjectState } from "@cloudflare/workers-types";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import type { WebhookDelivery } from "../../../protocol/inbox/webhook_delivery.ts";
import { log } from "../app/log.ts";
import type { Bindings } from "../bindings.ts";
import { callCell } from "../cells/call_cell.ts";
import { serviceToken } from "../cells/service_identity.ts";
import { readConfiguration } from "../configuration/read_configuration.ts";
import { retryDelay } from "./retry_delay.ts";

type Row = {
  id: string;
  asset_id: string;
  tenant_id: string;
  cluster_id: string;
  received_at: number;
  body: string;
};

/** What could not be delivered for this long is set aside as failed, in milliseconds. */
const KEEP_MS = 7 * 86_400_000;
/** Webhooks that wait at most; more are refused, so that the provider keeps them. */
const MOST = 100_000;

/**
 * Durable Object, one for each asset: keeps its webhooks until the tenant's cluster has taken them,
 * and hands them over in the order they came. `POST /` stores a body; `GET /` tells the state.
 */
export class WebhookInbox {
  #delivering: Promise<void> | undefined;
  #attempts = 0;
  readonly #newId = uuidV7();

  constructor(readonly ctx: DurableObjectState, readonly env: Bindings) {
    ctx.storage.sql.exec(`create table if not exists waiting (
      id text primary key, asset_id text, tenant_id text, cluster_id text, received_at integer,
      body text)`);
    ctx.storage.sql.exec(`create table if not exists failed (
      id text primary key, received_at integer, body text, reason text)`);
  }

  async fetch(request: Request): Promise<Response> {
    if (request.method === "GET") return Response.json(this.#state());
    if (this.#state().waiting >= MOST) return new Response("inbox is full", { status: 503 });
    const { headers } = request;
    this.ctx.storage.sql.exec(
      "insert into waiting values (?, ?, ?, ?, ?, ?)",
      this.#newId(),
      headers.get("asset-id"),
      headers.get("tenant-id"),
      headers.get("cluster-id"),
      Date.now(),
      await request.text(),
    );
    // The alarm is the promise that it will be delivered even if this object dies now.
    if (await this.ctx.storage.getAlarm() === null) {
      await this.ctx.storage.setAlarm(Date.now() + retryDelay(1));
    }
    this.ctx.waitUntil(this.#deliver());
    return new Response(null, { status: 204 });
  }

  async alarm(): Promise<void> {
    await this.#deliver();
    if (this.#state().waiting > 0) {
      await this.ctx.storage.setAlarm(Date.now() + retryDelay(this.#attempts));
    }
  }

  #deliver(): Promise<void> {
    this.#delivering ??= this.#drain().finally(() => this.#delivering = undefined);
    return this.#delivering;
  }

  async #drain(): Promise<void> {
    for (let row = this.#first(); row; row = this.#first()) {
      const outcome = await this.#hand(row);
      if (outcome === "again" && Date.now() - row.received_at < KEEP_MS) {
        this.#attempts += 1;
        return;
      }
      this.#attempts = 0;
      if (outcome !== "taken") this.#setAside(row, outcome);
      this.ctx.storage.sql.exec("delete from waiting where id = ?", row.id);
    }
  }

  /** "taken", "again", or why it can never be taken. */
  async #hand(row: Row): Promise<string> {
    const delivery: WebhookDelivery = {
      deliveryId: row.id,
      tenantId: row.tenant_id,
      assetId: row.asset_id,
      channel: "whatsapp",
      receivedAt: row.received_at,
      body: row.body,
    };
    try {
      const configuration = await readConfiguration(this.env);
      const asset = configuration.assets.find((candidate) => candidate.id === row.asset_id);
      const clusterId = asset?.clusterId ?? row.cluster_id;
      const answer = await callCell(configuration, {
        clusterId,
        path: "/internal/inbox",
        body: delivery,
        token: await serviceToken(this.env, `cell:${clusterId}`),
      });
      if (answer.status < 300) return "taken";
      if (answer.status === 400 || answer.status === 422) return `refused-${answer.status}`;
      log.warn("webhook.not-taken", { assetId: row.asset_id, status: answer.status });
      return "again";
    } catch (error) {
      log.info("webhook.waits", { assetId: row.asset_id, attempts: this.#attempts, error });
      return "again";
    }
  }

  #setAside(row: Row, outcome: string): void {
    const reason = outcome === "again" ? "expired" : outcome;
    log.error("webhook.failed", { assetId: row.asset_id, deliveryId: row.id, reason });
    this.ctx.storage.sql.exec(
      "insert or replace into failed values (?, ?, ?, ?)",
      row.id,
      row.received_at,
      row.body,
      reason,
    );
  }

  #first(): Row | undefined {
    return [...this.ctx.storage.sql.exec<Row>("select * from waiting order by id limit 1")][0];
  }

  #state() {
    const { sql } = this.ctx.storage;
    const waiting = sql.exec<{ n: number; oldest: number | null }>(
      "select count(*) as n, min(received_at) as oldest from waiting",
    ).one();
    const failed = sql.exec<{ n: number }>("select count(*) as n from failed").one();
    return { waiting: waiting.n, oldestReceivedAt: waiting.oldest, failed: failed.n };
  }
}
