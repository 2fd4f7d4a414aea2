import { AdminConnection } from "../postgres/admin_connection.ts";
import { pause } from "../postgres/pause.ts";
import { DATA_SITES, type DataSite, type TemporaryCluster } from "./temporary_cluster.ts";

/** A row that a server has confirmed. */
export interface Acknowledged {
  n: number;
  site: DataSite;
  /** Of `performance.now()`. */
  at: number;
}

/**
 * Writes numbered rows to whichever site takes them, each committed with `remote_apply`, and notes
 * what was confirmed where and when. A commit is never cancelled: its connection is dropped.
 */
export class RowWriter {
  readonly acknowledged: Acknowledged[] = [];
  readonly #connections: ReadonlyMap<DataSite, AdminConnection>;
  #site: DataSite;
  #done: Promise<void>;
  #ended = false;

  private constructor(cluster: TemporaryCluster, site: DataSite, next: number) {
    this.#connections = new Map(DATA_SITES.map((name) => [name, cluster.connect(name)]));
    this.#site = site;
    this.#done = this.#write(next);
  }

  /** Makes the table where it is missing, and waits for some rows. */
  static async begin(cluster: TemporaryCluster, site: DataSite): Promise<RowWriter> {
    const connection = cluster.connect(site);
    const [{ next }] = await connection.use(10_000, async (sql) => {
      await sql`create table if not exists kept (n int primary key)`;
      return await sql`select coalesce(max(n), 0) + 1 as next from kept`;
    });
    connection.close();
    const writer = new RowWriter(cluster, site, next);
    const first = await writer.firstAt(site, 0);
    await writer.firstAt(site, first.at + 200);
    return writer;
  }

  /** Waits for the first row that a site confirms after `since`. */
  async firstAt(site: DataSite, since: number, ms = 120_000): Promise<Acknowledged> {
    const end = performance.now() + ms;
    for (;;) {
      const found = this.acknowledged.find((it) => it.site === site && it.at > since);
      if (found) return found;
      if (performance.now() > end) throw new Error(`${site} confirmed nothing for ${ms} ms`);
      await pause(5);
    }
  }

  /** The longest time between two confirmed rows, in milliseconds. */
  longestGap(since: number): number {
    const times = [since, ...this.acknowledged.map(({ at }) => at).filter((at) => at > since)];
    return Math.max(...times.slice(1).map((at, index) => at - times[index]));
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await this.#done;
    for (const connection of this.#connections.values()) connection.close();
  }

  async #write(next: number): Promise<void> {
    for (let n = next; !this.#ended; n++) {
      try {
        await this.#connections.get(this.#site)!.use(1500, async (sql) => {
          await sql`insert into kept values (${n})`;
        });
        this.acknowledged.push({ n, site: this.#site, at: performance.now() });
      } catch {
        // Unknown, or refused: the row's number is not used again.
        this.#site = DATA_SITES.find((site) => site !== this.#site)!;
        await pause(5);
      }
    }
  }
}
