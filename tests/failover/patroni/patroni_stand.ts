import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";
import { type CfgPublisher, cfgPublisher } from "./cfg_publisher.ts";
import { History } from "../history/history.ts";
import { messageTenant } from "./message_tenant.ts";
import { PATRONI_PLACES, type PatroniPlace } from "./patroni_place.ts";
import { CLUSTER, PatroniSite } from "./patroni_site.ts";
import { readJson } from "./read_json.ts";
import { runOnce } from "./run_once.ts";
import { LOOPBACK, type StandNetwork } from "./stand_network.ts";
import { until } from "./until.ts";

const DATA_PLACES = PATRONI_PLACES.slice(0, 2);
const DOCS = new URL("../../../docs/patroni/", import.meta.url);
const SUBSCRIPTION = `antiphon_cfg_${CLUSTER.toLowerCase()}`;

/** What {@linkcode PatroniStand} is made of. */
interface StandParts {
  base: string;
  network: StandNetwork;
  sites: Readonly<Record<PatroniPlace, PatroniSite>>;
  publisher: CfgPublisher;
  tenantId: string;
  /** Makes the edge's token for the cell. */
  token: () => Promise<string>;
}

/**
 * A cluster on Patroni by the documented configuration: three sites with etcd, two of them with
 * PostgreSQL 15 and a cell, and a publisher in the control plane's place.
 */
export class PatroniStand {
  history = new History();
  #messages = 0;

  private constructor(readonly parts: StandParts) {}

  get sites(): Readonly<Record<PatroniPlace, PatroniSite>> {
    return this.parts.sites;
  }

  /** The two sites that hold data. */
  get dataSites(): PatroniSite[] {
    return DATA_PLACES.map((place) => this.sites[place]);
  }

  /** Another number for a message, the same never again. */
  nextMessage(): number {
    return this.#messages++;
  }

  /**
   * Brings all of it up, with one tenant. Needs root and the packages of `PATRONI_PROGRAMS`.
   * @param keep Leaves data and logs behind.
   */
  static async start(
    say: (line: string) => void,
    network: StandNetwork = LOOPBACK,
    keep = false,
  ): Promise<PatroniStand> {
    const base = await Deno.makeTempDir({ prefix: "antiphon-patroni-" });
    await Deno.chmod(base, 0o755);
    await runOnce("root", "chown", "postgres:postgres", base);
    const secret = randomBytes(12).toString("hex");
    const made = PATRONI_PLACES
      .map((place) => [place, new PatroniSite(place, network, base, secret)]);
    const sites: StandParts["sites"] = Object.fromEntries(made);
    await using undo = new AsyncDisposableStack();
    if (!keep) undo.defer(() => Deno.remove(base, { recursive: true }));
    undo.defer(() => downAll(sites));
    for (const site of Object.values(sites)) await site.prepare();
    for (const site of Object.values(sites)) site.start("etcd");
    const publisher = undo.use(await cfgPublisher(base, network));
    for (const { host } of Object.values(sites)) {
      await until(`etcd at ${host}`, 30, async () => {
        const { body } = await readJson(`http://${host}:2379/health`);
        return body.health === "true" || undefined;
      });
    }
    say("The store is up");
    const [home, standby] = DATA_PLACES.map((place) => sites[place]);
    home.start("patroni");
    await until("a first leader", 60, () => leads(home));
    standby.start("patroni");
    await home.psql("postgres", "-v", `password=${secret}`, "-f", await legible(base, "roles.sql"));
    await until("a synchronous standby", 60, () => follows(standby));
    say("Both servers are up, and the standby is synchronous");
    const tenantId = uuidV7()();
    const { cell, plane, edge } = await keys(publisher);
    await publisher.sql`
      insert into cfg.tenants (id, partner_id, slug, name, cluster_id, status)
      values (${tenantId}, ${tenantId}, 'suite', 'Suite', ${CLUSTER}, 'active')`;
    const keyFile = join(base, "cell.json");
    await Deno.writeTextFile(keyFile, JSON.stringify(cell));
    await Deno.writeTextFile(join(base, "edge.json"), JSON.stringify(edge));
    const shared = {
      ...{ PORT: "8080", PORT_WAIT_MS: "10000", CLUSTER_ID: CLUSTER, REGION: home.place },
      PEER_CELLS: JSON.stringify({ [home.place]: home.cellUrl, [standby.place]: standby.cellUrl }),
      SERVICE_KEY_FILE: keyFile,
      CFG_PUBLISHER: publisher.conninfo,
      SECRETS_KEY: randomBytes(32).toString("base64url"),
    };
    for (const site of [home, standby]) {
      site.cellEnv = {
        ...shared,
        ...{ HOSTNAME: site.host, SITE: site.place, LEASE: `patroni:${site.restUrl}` },
        DATABASE_URL: `postgres://cell:${secret}@${site.host}:5432/cell`,
      };
      site.start("cell");
    }
    await until("an active cell", 60, () => active(home));
    await home.psql(
      "cell",
      ...["-v", `name=${SUBSCRIPTION}`, "-v", `publisher=${publisher.conninfo}`],
      ...["-f", await legible(base, "subscribe.sql")],
    );
    const asPlane = serviceTokenSigner(plane);
    await until("the tenant's configuration", 30, async () => {
      const url = `${home.cellUrl}/internal/tenants/${tenantId}/configuration`;
      const authorization = `Bearer ${await asPlane(`cell:${CLUSTER}`)}`;
      const { status } = await readJson(url, {
        method: "PUT",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(messageTenant()),
      });
      return status === 200 || undefined;
    });
    say("The cell is active and has a tenant");
    const asEdge = serviceTokenSigner(edge);
    const kept = undo.move();
    const stand = new PatroniStand({
      ...{ base, network, sites, publisher, tenantId },
      token: () => asEdge(`cell:${CLUSTER}`),
    });
    stand[Symbol.asyncDispose] = () => kept.disposeAsync();
    return stand;
  }

  [Symbol.asyncDispose]: () => Promise<void> = () => Promise.resolve();

  /** The data site whose cell is active, and the other one; waits until there is one. */
  async roles(seconds = 60): Promise<{ leader: PatroniSite; other: PatroniSite }> {
    return await until("an active cell", seconds, async () => {
      for (const [i, site] of this.dataSites.entries()) {
        const is = await active(site).catch(() => undefined);
        if (is) return { leader: site, other: this.dataSites[1 - i] };
      }
    });
  }

  /** Waits until one site acts and the other follows it synchronously, with a warm cell. */
  async settled(seconds = 90): Promise<{ leader: PatroniSite; other: PatroniSite }> {
    const { leader, other } = await this.roles(seconds);
    await until("a synchronous standby", seconds, () => follows(other));
    await until("a warm standby", seconds, async () => {
      const { body } = await readJson(`${other.cellUrl}/health`);
      return body.warm === true || undefined;
    });
    return { leader, other };
  }
}

async function downAll(sites: StandParts["sites"]): Promise<void> {
  for (const site of Object.values(sites)) await site.thaw();
  await Promise.all(Object.values(sites).map((site) => site.kill("cell", "patroni", "etcd")));
}

async function leads(site: PatroniSite): Promise<true | undefined> {
  const { status, body } = await readJson(`${site.restUrl}/leader`);
  return (status === 200 && body.state === "running") || undefined;
}

/** Whether a site's server may follow: asked at itself, for a leader's `/cluster` disturbs it. */
async function follows(site: PatroniSite): Promise<true | undefined> {
  const { status } = await readJson(`${site.restUrl}/synchronous`);
  return status === 200 || undefined;
}

async function active(site: PatroniSite): Promise<true | undefined> {
  const { body } = await readJson(`${site.cellUrl}/health`);
  return body.active === true || undefined;
}

/** A copy of a documented file that the user postgres can read. */
async function legible(base: string, name: string): Promise<string> {
  const path = join(base, name);
  await Deno.copyFile(new URL(name, DOCS), path);
  await Deno.chmod(path, 0o644);
  return path;
}

async function keys({ sql }: CfgPublisher) {
  const made = await Promise.all([
    generateServiceKey(`cell:${CLUSTER}`, "cell"),
    generateServiceKey("control-plane", "plane"),
    generateServiceKey("edge:local", "edge"),
  ]);
  for (const { publicKey: { service, jwk } } of made) {
    await sql`
      insert into cfg.service_keys (kid, service, jwk)
      values (${jwk.kid!}, ${service}, ${sql.json(jwk as never)})`;
  }
  const [cell, plane, edge] = made.map(({ privateKey }) => privateKey);
  return { cell, plane, edge };
}
