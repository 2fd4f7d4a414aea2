import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";
import type { ConfigurationCalls } from "./configuration_calls.ts";
import { ConfigurationIndex } from "./configuration_index.ts";

/** How long an isolate uses what it has before it asks the object again. */
const FRESH_MS = 1_000;

/**
 * An isolate's copy of the configuration. Holds values only, never a promise: a request must not
 * wait on another request's work.
 */
export class ConfigurationCache {
  #index: ConfigurationIndex | null = null;
  #askedAt = -Infinity;

  constructor(readonly now: () => number = Date.now) {}

  /**
   * The configuration, at most about a second behind the object's.
   * @throws AntiphonError `unavailable` before the first snapshot has come
   */
  async current(object: ConfigurationCalls): Promise<ConfigurationIndex> {
    if (this.#index && this.now() - this.#askedAt < FRESH_MS) return this.#index;
    this.#take(await object.current(this.#index?.version ?? null));
    return this.#require();
  }

  /** The configuration after asking the control plane, if that may be asked just now. */
  async refreshed(object: ConfigurationCalls): Promise<ConfigurationIndex> {
    this.#take(await object.refreshed(this.#index?.version ?? null));
    return this.#require();
  }

  /**
   * What `find` finds in the configuration, or else in a refreshed one. For names that somebody
   * outside gives and that the control plane may have made a moment ago.
   */
  async find<T>(
    object: ConfigurationCalls,
    find: (index: ConfigurationIndex) => T | undefined,
  ): Promise<T | undefined> {
    return find(await this.current(object)) ?? find(await this.refreshed(object));
  }

  #take(answer: Awaited<ReturnType<ConfigurationCalls["current"]>>): void {
    if (answer === "none") return;
    this.#askedAt = this.now();
    if (answer === "same") return;
    this.#index = new ConfigurationIndex(EdgeConfiguration.parse(JSON.parse(answer.json)));
  }

  #require(): ConfigurationIndex {
    if (this.#index) return this.#index;
    throw new AntiphonError("unavailable", "The edge has no configuration yet; try again", {
      data: { retryAfter: 2 },
    });
  }
}
