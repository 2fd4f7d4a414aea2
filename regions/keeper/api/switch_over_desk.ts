import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { SwitchOver, type SwitchOverRequest } from "../../../protocol/keeper/switch_over.ts";
import type { KeptCluster } from "../process/keeper.ts";
import type { ServiceClient } from "../process/service_client.ts";

/** How long another keeper may take, in milliseconds. */
const PASS_MS = 2500;

/** What a {@linkcode SwitchOverDesk} works with. */
export interface SwitchOverDeskOptions {
  /** This keeper's. */
  site: string;
  cluster: KeptCluster;
  call: ServiceClient;
  newId: () => string;
}

/**
 * Takes switch-overs of one cluster for either site. A planned one is the active keeper's to drive,
 * a forced one that of the site to be made active.
 */
export class SwitchOverDesk {
  readonly #options: SwitchOverDeskOptions;

  constructor(options: SwitchOverDeskOptions) {
    this.#options = options;
  }

  /**
   * Begins a switch-over, or has the other keeper do so.
   * @param passOn whether it may: what another keeper has passed on stays here
   * @throws AntiphonError `state_not_allowed` when it is refused, with the switch-over as data;
   *   `service_unreachable` when the keeper that must drive it does not answer
   */
  async request(request: SwitchOverRequest, passOn: boolean): Promise<SwitchOver> {
    const { site, cluster, newId } = this.#options;
    const driver = this.#driver(request);
    if (passOn && driver !== null && driver !== site) {
      return await this.#pass(driver, "", request);
    }
    const id = newId();
    const begun = await cluster.keeper.request({ ...request, id });
    if (!begun) throw new AntiphonError("unavailable", "The keeper is ending: ask again later");
    if (begun.state !== "refused") return begun;
    throw new AntiphonError("state_not_allowed", begun.problem ?? "It is refused", {
      data: { switchOver: begun },
    });
  }

  /** @throws AntiphonError `not_found` when neither keeper knows of it any more */
  async find(id: string, passOn: boolean): Promise<SwitchOver> {
    const { cluster, site } = this.#options;
    const known = cluster.keeper.picture.state.switchOvers.find((it) => it.id === id);
    if (known) return known;
    const other = cluster.server.sites.find((it) => it.site !== site)!;
    if (passOn) return await this.#pass(other.site, `/${id}`);
    throw new AntiphonError("not_found", "There is no such switch-over: see the audit record");
  }

  /** Whose it is; null when this keeper is as good as the other. */
  #driver({ to, force }: SwitchOverRequest): string | null {
    const { cluster } = this.#options;
    const sites = cluster.server.sites.map(({ site }) => site);
    if (force) return sites.includes(to) ? to : null;
    const { lease, state } = cluster.keeper.picture;
    if (lease.mine) return state.setup.site;
    // A grant that has run out at most witnesses is of one that nobody hears any more.
    const heard = lease.newest && lease.newest.liveMs > 0;
    const holder = heard ? lease.newest!.record.holder?.site : undefined;
    return holder && sites.includes(holder) ? holder : null;
  }

  #pass(to: string, rest: string, body?: SwitchOverRequest): Promise<SwitchOver> {
    const { cluster, call } = this.#options;
    const { keeperUrl } = cluster.server.sites.find(({ site }) => site === to)!;
    return call({
      url: keeperUrl,
      path: `/v1/clusters/${cluster.server.name}/switch-overs${rest}`,
      audience: `keeper:${to}`,
      body,
      timeoutMs: PASS_MS,
      answer: SwitchOver,
    });
  }
}
