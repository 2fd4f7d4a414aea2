import { DurableObject } from "cloudflare:workers";
import { PrivateServiceKey } from "../../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";
import { PinnedKeys } from "../../../protocol/snapshot_signature/pinned_keys.ts";
import type { EdgeBindings } from "../edge_bindings.ts";
import { durableSql } from "../storage/durable_sql.ts";
import { edgeLog } from "../telemetry/edge_log.ts";
import type { ConfigurationCalls, StoredConfiguration } from "./configuration_calls.ts";
import { ConfigurationFollower } from "./configuration_follower.ts";
import { ConfigurationStore } from "./configuration_store.ts";
import { fetchConfiguration } from "./fetch_configuration.ts";

/** When following starts again should a round be cut off with its process. */
const SAFETY_MS = 30_000;

/** The one object that holds the edge's configuration and follows the control plane. */
export class ConfigurationObject extends DurableObject<EdgeBindings> implements ConfigurationCalls {
  readonly #store: ConfigurationStore;
  readonly #follower: ConfigurationFollower;
  #following = false;

  constructor(ctx: DurableObjectState, env: EdgeBindings) {
    super(ctx, env);
    const sign = serviceTokenSigner(PrivateServiceKey.parse(JSON.parse(env.SERVICE_KEY)));
    const keys = PinnedKeys.parse(JSON.parse(env.CONTROL_PLANE_KEYS));
    const believed = new Set(keys.map(({ jwk }) => jwk.kid));
    this.#store = new ConfigurationStore(durableSql(ctx.storage), believed);
    this.#follower = new ConfigurationFollower(this.#store, {
      now: () => Date.now(),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      log: edgeLog(env),
      fetch: (known, waitSeconds) =>
        fetchConfiguration(
          { edgeId: env.EDGE_ID, controlPlaneUrl: env.CONTROL_PLANE_URL, known, waitSeconds, keys },
          { fetch: (url, init) => fetch(url, init), token: () => sign("control-plane") },
        ),
    });
  }

  async current(known: string | null): Promise<StoredConfiguration | "same" | "none"> {
    await this.#start();
    if (this.#store.held === null) await this.#follower.demand();
    return this.#answer(known);
  }

  async refreshed(known: string | null): Promise<StoredConfiguration | "same" | "none"> {
    await this.#start();
    await this.#follower.demand();
    return this.#answer(known);
  }

  override async alarm(): Promise<void> {
    this.#following = true;
    await this.ctx.storage.setAlarm(Date.now() + SAFETY_MS);
    const wait = await this.#follower.follow();
    await this.ctx.storage.setAlarm(Date.now() + wait);
  }

  /** The first call in an object's life sees to it that it follows, whatever was stored before. */
  async #start(): Promise<void> {
    if (this.#following) return;
    this.#following = true;
    await this.ctx.storage.setAlarm(Date.now());
  }

  #answer(known: string | null): StoredConfiguration | "same" | "none" {
    const held = this.#store.held;
    if (held === null) return "none";
    return held.version === known ? "same" : held;
  }
}
