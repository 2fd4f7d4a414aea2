import { DurableObject } from "cloudflare:workers";
import { clustersOf } from "../clusters/clusters_of.ts";
import { configurationOf } from "../configuration/configuration_of.ts";
import type { EdgeBindings } from "../edge_bindings.ts";
import { durableSql } from "../storage/durable_sql.ts";
import { counters } from "../telemetry/counters.ts";
import { edgeLog } from "../telemetry/edge_log.ts";
import { AssetInbox } from "./asset_inbox.ts";
import type { AssetInboxCalls, InboxArrival, InboxState } from "./asset_inbox_calls.ts";
import { deliverWebhooks } from "./deliver_webhooks.ts";

/** An asset's inbox as a Durable Object, named by the asset's id. */
export class AssetInboxObject extends DurableObject<EdgeBindings> implements AssetInboxCalls {
  readonly #inbox: AssetInbox;

  constructor(ctx: DurableObjectState, env: EdgeBindings) {
    super(ctx, env);
    const configuration = configurationOf(env);
    this.#inbox = new AssetInbox({
      sql: durableSql(ctx.storage),
      now: () => Date.now(),
      random: () => Math.random(),
      setAlarm: (at) => ctx.storage.setAlarm(at),
      deliver: (deliveries) =>
        deliverWebhooks(
          deliveries,
          clustersOf(env),
          async (tenantId) => (await configuration.current()).clusterOf(tenantId),
        ),
      counters,
      log: edgeLog(env).with({ assetId: ctx.id.name }),
    });
  }

  async take(arrival: InboxArrival): Promise<"stored" | "repeat" | "full"> {
    const outcome = await this.#inbox.take(arrival);
    // Goes on after the answer; the alarm takes it up should this object end before.
    if (outcome === "stored") this.ctx.waitUntil(this.#inbox.deliver());
    return outcome;
  }

  state(): Promise<InboxState> {
    return Promise.resolve(this.#inbox.state());
  }

  async retryFailed(): Promise<number> {
    const count = await this.#inbox.retryFailed();
    this.ctx.waitUntil(this.#inbox.deliver());
    return count;
  }

  override async alarm(): Promise<void> {
    await this.#inbox.alarm();
  }
}
