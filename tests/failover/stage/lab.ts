import { join } from "node:path";
import { openKeepers } from "../../../local/cluster/open_keepers.ts";
import type { KeeperClient } from "../../../local/cluster/keeper_client.ts";
import { startPlatform } from "../../../local/start/start_platform.ts";
import type { Platform } from "../../../local/start/platform.ts";
import { AgentBrowser } from "../../peers/agent_browser.ts";
import { ANSWERING_PORT, Baresip, type PhoneNetwork } from "../../peers/baresip.ts";
import { run } from "../../peers/run.ts";
import { until } from "../../peers/until.ts";
import { type SentMessage, WhatsAppProvider } from "../../peers/whatsapp_provider.ts";
import { Reader } from "../clients/reader.ts";
import { Ticker } from "../clients/ticker.ts";
import { TickService } from "../clients/tick_service.ts";
import type { History } from "../history/history.ts";
import { LabNetwork } from "../regions/lab_network.ts";
import { ADDRESS, device, type Site } from "../regions/site.ts";
import { HealthWatch } from "../watch/health_watch.ts";
import { type CellState, cellState } from "./cell_state.ts";
import { DATA_SITES, type DataSite } from "./data_site.ts";
import { LAB_AGENTS, LAB_PASSWORD, labConfiguration, OUTSIDE_NUMBER } from "./lab_configuration.ts";
import { ServiceDoors } from "./service_doors.ts";
import { SiteHand } from "./site_hand.ts";
import { StandingCalls, TONE_SECONDS } from "./standing_calls.ts";

/** The cluster that is judged. */
export const CLUSTER = "E39";

const BASE = 7000;
/** How far what carries audio goes before the rest (setpriority(2)). */
const AUDIO_NICE = -15;
/** A file system in memory: sites share no disk, as they would here otherwise. */
const MEMORY = "/dev/shm";
/** A standby cell that is further behind does not follow, in ms. */
const CLOSE_MS = 3_000;
const STATUS_MS = 2_000;
/** Ports of the phone that answers outside. */
const OUTSIDE_RTP = [41_200, 41_300] as const;

/** How a lab is to be. */
export interface LabOptions {
  network: LabNetwork;
  /** Whether an agent with a softphone in Chromium is among the load. */
  browser: boolean;
  /** Put before the commands of a site, behind its namespace. */
  wrap?: Partial<Record<DataSite, readonly string[]>>;
  /** Called with the data folder before anything is in it. */
  prepare?: (dataFolder: string) => Promise<AsyncDisposable | null>;
  /** Keeps data on the machine's disk, which all sites then share. */
  disk?: boolean;
  /** Leaves the data folder, with all logs, where it is. */
  keep?: boolean;
  say: (line: string) => void;
}

/** The platform over three regions, with the world around it. */
export class Lab implements AsyncDisposable {
  #messages: History | undefined;
  /** Messages whose delivery the provider has still to tell; many in one webhook. */
  readonly #statuses: SentMessage[] = [];

  private constructor(
    readonly network: LabNetwork,
    readonly platform: Platform,
    readonly dataFolder: string,
    readonly keepers: ReadonlyMap<string, KeeperClient>,
    readonly provider: WhatsAppProvider,
    readonly ticks: TickService,
    readonly watch: HealthWatch,
    readonly reader: Reader,
    readonly calls: StandingCalls,
    readonly desktop: AgentBrowser | null,
    readonly sites: SiteHand,
    readonly cleanup: AsyncDisposableStack,
  ) {}

  /** Brings everything up; settles when the cluster has its standby in sync. */
  static async open(options: LabOptions): Promise<Lab> {
    await using stack = new AsyncDisposableStack();
    const { network, say } = options;
    const holder: { lab?: Lab } = {};
    const provider = stack.use(
      new WhatsAppProvider(ADDRESS.world, (sent) => holder.lab?.noteSent(sent)),
    );
    const ticks = stack.use(new TickService(ADDRESS.world));
    stack.use(await ServiceDoors.open(network, ticks.port));
    const dataFolder = await Deno.makeTempDir({
      prefix: "antiphon-lab-",
      ...(options.disk ? {} : { dir: MEMORY }),
    });
    await Deno.chmod(dataFolder, 0o755);
    if (!options.keep) stack.defer(() => Deno.remove(dataFolder, { recursive: true }));
    const prepared = await options.prepare?.(dataFolder);
    if (prepared) stack.use(prepared);
    say(`The platform starts in three regions; its data and logs are in ${dataFolder}`);
    const platform = stack.use(
      await startPlatform(platformOptions(options, dataFolder, provider, ticks)),
    );
    const { state } = platform;
    await platform.redundant();
    say(`It is up and redundant after ${Math.round(platform.startSeconds)} s and more`);
    const demo = state.demo!;
    provider.asset = {
      phoneNumberId: demo.whatsapp.phoneNumberId,
      appSecret: demo.whatsapp.appSecret,
      webhookUrl: `${state.edgeUrl}${demo.whatsapp.webhookPath}`,
    };
    const keepers = await openKeepers(join(dataFolder, "secrets"), state.keeperUrls);
    const watch = stack.use(new HealthWatch(network, state.cellUrls[CLUSTER]));
    const admin = demo.agents.find(({ username }) => username === "dora")!;
    const door = { edgeUrl: state.edgeUrl, tenant: demo.slug };
    const reader = new Reader({ ...door, ...admin });
    const phones = worldPhones();
    stack.use(
      await Baresip.start(phones, {
        ...{ user: OUTSIDE_NUMBER, answers: true, toneSeconds: TONE_SECONDS, records: false },
        ports: { sip: ANSWERING_PORT, control: 4445, rtp: OUTSIDE_RTP },
      }),
    );
    const desktop = options.browser
      ? stack.use(await AgentBrowser.start(state.edgeUrl, true, true))
      : null;
    if (desktop) {
      await desktop.signIn(demo.slug, LAB_AGENTS[2], LAB_PASSWORD);
      await desktop.phoneIs("ready");
      await desktop.goAvailable();
    }
    const calls = stack.use(
      new StandingCalls({
        network: phones,
        sip: state.sip.FRA,
        number: demo.number,
        reader,
        desktop,
      }),
    );
    await preferAudio(platform, [...await network.processes("world")]);
    const sites = new SiteHand(network, platform);
    const lab = new Lab(
      ...[network, platform, dataFolder, keepers, provider, ticks, watch] as const,
      ...[reader, calls, desktop, sites, stack.move()] as const,
    );
    holder.lab = lab;
    lab.cleanup.use(new Ticker(STATUS_MS, () => lab.#tellStatuses()));
    return lab;
  }

  /** Everything that is seen from now on is noted there. */
  set history(history: History | undefined) {
    this.#messages = history;
    this.ticks.history = history;
    this.watch.history = history;
  }

  get demo() {
    return this.platform.state.demo!;
  }

  /** Where softphones hear from, and where the phone outside hears. */
  get audioPorts() {
    return { webrtcPort: BASE + 70, outside: OUTSIDE_RTP };
  }

  /** Someone of the lab's centre. */
  person(username: string) {
    const { state } = this.platform;
    return { edgeUrl: state.edgeUrl, tenant: this.demo.slug, username, password: LAB_PASSWORD };
  }

  /** Both cells of the cluster, by site. */
  async cells(): Promise<Record<DataSite, CellState | null>> {
    const urls = this.platform.state.cellUrls[CLUSTER];
    const [eu, us] = await Promise.all(DATA_SITES.map((site) => cellState(urls[site]!)));
    return { "eu-central": eu, "us-east": us };
  }

  /** Where the cluster is active now. */
  async activeSite(): Promise<DataSite> {
    return await until("an active cell", async () => {
      const cells = await this.cells();
      return DATA_SITES.find((site) => cells[site]?.active);
    }, 60_000);
  }

  /** Waits until commits wait for a standby again, and its cell is warm; gives how long that took. */
  async inSync(timeoutMs = 120_000): Promise<number> {
    const from = performance.now();
    await until("a standby in sync and a warm cell beside it", async () => {
      const asked = [...this.keepers.values()].filter(({ site }) => site !== "control");
      const answers = await Promise.allSettled(asked.map((keeper) => keeper.status(CLUSTER)));
      const good = answers.some((it) =>
        it.status === "fulfilled" && it.value.lease.held && it.value.degraded === null &&
        it.value.replication?.sync
      );
      if (!good) return false;
      const cells = Object.values(await this.cells());
      return cells.filter((it) => it?.active).length === 1 &&
        cells.filter((it) => it && isWarm(it)).length === 1;
    }, timeoutMs);
    return Math.round(performance.now() - from);
  }

  /** Notes a reply that came to the provider, which tells that it was delivered. */
  noteSent(sent: SentMessage): void {
    const { to, text, epoch } = sent;
    this.#messages?.note({ kind: "outside", service: "provider", to, text, epoch });
    this.#statuses.push(sent);
  }

  async #tellStatuses(): Promise<void> {
    if (this.#statuses.length === 0) return;
    const told = this.#statuses.splice(0);
    try {
      const response = await this.provider.post(this.provider.statusWebhook(told, "delivered"));
      await response.body?.cancel();
      if (!response.ok) this.#statuses.unshift(...told);
    } catch {
      this.#statuses.unshift(...told);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cleanup.disposeAsync();
  }
}

/** Whether a standby cell follows the log, and closely. */
function isWarm({ active, warm, behindMs }: CellState): boolean {
  return !active && warm !== false && (behindMs ?? 0) < CLOSE_MS;
}

/**
 * Lets what sends and takes audio go first on a machine that holds a whole world: in that world
 * each PoP and each phone has a machine of its own.
 */
async function preferAudio(platform: Platform, world: readonly number[]): Promise<void> {
  const pops = platform.processes().flatMap(({ name, pid }) =>
    name.startsWith("pop-") && pid ? [pid] : []
  );
  const phones = await Promise.all(world.map(async (pid) => {
    const name = (await Deno.readTextFile(`/proc/${pid}/comm`).catch(() => "")).trim();
    return name === "baresip" || name === "chromium" ? [pid] : [];
  }));
  for (const pid of [...pops, ...phones.flat()]) {
    await run("renice", ["-n", String(AUDIO_NICE), "-p", String(pid)], { mayFail: true });
  }
}

function platformOptions(
  { network, wrap, say }: LabOptions,
  dataFolder: string,
  provider: WhatsAppProvider,
  ticks: TickService,
) {
  const site = (name: Site, behind: readonly string[] = []) => ({
    host: ADDRESS[name],
    prefix: [...network.prefix(name), ...behind],
  });
  return {
    portBase: BASE,
    dataFolder,
    console: false,
    logLevel: "info" as const,
    sites: {
      "eu-central": site("eu-central", wrap?.["eu-central"]),
      "us-east": site("us-east", wrap?.["us-east"]),
      control: site("control"),
    },
    placement: { FRA: "control", NYC: "us-east" } as const,
    networks: [`${ADDRESS.world}/32`],
    egressAllow: [provider.host, `127.0.0.1:${ticks.port}`],
    say,
    seed: {
      whatsappApiBase: provider.apiBase,
      trunkSources: ["10.91.4.0/24"],
      trunkCalls: 200,
      trunkDestinations: [
        { host: ADDRESS.world, port: ANSWERING_PORT, transport: "udp" as const },
      ],
      change: (usual: Parameters<typeof labConfiguration>[0]) =>
        labConfiguration(usual, { servicePort: ticks.port }),
    },
  };
}

/** The world's network, in which the lab itself runs. */
function worldPhones(): PhoneNetwork {
  return {
    peerAddress: ADDRESS.world,
    peerDevice: device("control"),
    command: (program, args) => [program, [...args]],
  };
}
