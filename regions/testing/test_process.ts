import { randomBytes } from "node:crypto";
import type { LeaseAnswer } from "../../protocol/keeper/lease_answer.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { CellProcess, type CellProcessOptions } from "../cell/cell_process.ts";
import { systemBootClock } from "../lease/system_boot_clock.ts";
import { createSealer } from "../secrets/sealer.ts";
import { EXAMPLE } from "./tenant_harness.ts";

/** Where a process runs, and who says whether it may act. */
export interface TestProcessOptions extends Partial<CellProcessOptions> {
  databaseUrl: string;
  site: string;
}

/** What the processes of one cluster E39 have in common. */
export async function testCluster() {
  const own = await generateServiceKey("cell:E39", "cell");
  const plane = await generateServiceKey("control-plane", "plane");
  const keeper = await generateServiceKey("keeper:eu", "keeper");
  const pop = await generateServiceKey("pop:FRA", "pop");
  const secrets = randomBytes(32).toString("base64url");
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const processes: CellProcess[] = [];
  const log: string[] = [];
  /** Who has the lease, and how long an answer stands; null answers nothing. */
  const lease: { holder: string | null; validMs: number; epoch: number; silent: boolean } = {
    ...{ holder: null, validMs: 60_000, epoch: 1, silent: false },
  };
  const tokens = {
    plane: serviceTokenSigner(plane.privateKey),
    keeper: serviceTokenSigner(keeper.privateKey),
    pop: serviceTokenSigner(pop.privateKey),
  };

  function answer(site: string): LeaseAnswer {
    const { holder, validMs, epoch } = lease;
    const held = holder === site;
    return {
      ...{ clusterId: "E39", site, held, validMs: held ? validMs : 0 },
      active: holder === null ? null : { site: holder, epoch },
    };
  }

  return {
    ...{ lease, log, tokens, key: own },
    /** Makes a process; it is not started. */
    process(options: TestProcessOptions): CellProcess {
      const { site } = options;
      const made = new CellProcess({
        ...{ clusterId: "E39", peers: { eu: "http://cell.eu", us: "http://cell.us" } },
        source: {
          ask: () =>
            lease.silent ? Promise.reject(new Error("away")) : Promise.resolve(answer(site)),
        },
        ...{ clock: systemBootClock(), snapshotEvery: 5_000, logDays: 30, traceDays: 7 },
        ...{ key: own.privateKey, sealer: createSealer(secrets) },
        egress: { allow: new Set(), resolve: () => Promise.resolve([]) },
        log: createLogger({ service: `cell:E39@${site}`, write: (line) => log.push(line) }),
        ...{ counters: new Counters(), now: Date.now, newId: uuidV7(), random: Math.random },
        timer: (ms, run) => {
          const id = setTimeout(() => (timers.delete(id), run()), ms);
          timers.add(id);
          return () => (timers.delete(id), clearTimeout(id));
        },
        ...options,
      });
      processes.push(made);
      return made;
    },
    /** Places a tenant on the cluster and stores the example configuration; its id. */
    async tenant({ cell, fetch }: CellProcess, durability: "region" | "zone" = "region") {
      const { db } = cell!.options;
      await db.insertInto("cfg.service_keys").values(
        [own, plane, keeper, pop].map(({ publicKey: { service, jwk } }) => ({
          ...{ kid: jwk.kid, service, jwk },
        })),
      ).onConflict((on) => on.doNothing()).execute();
      const id = uuidV7()();
      await db.insertInto("cfg.tenants").values({
        ...{ id, partner_id: id, slug: id, name: "Tenant", cluster_id: "E39" },
        ...{ status: "active", durability },
      }).execute();
      // What was read just now is not read again at once.
      await new Promise((resolve) => timers.add(setTimeout(resolve, 120)));
      const document = TenantConfiguration.parse({
        ...EXAMPLE,
        agents: EXAMPLE.agents.map((agent) => ({ ...agent, password: `${agent.id}'s password` })),
        assetSenders: EXAMPLE.assetSenders.map((it) => ({ ...it, accessToken: "token" })),
      });
      const response = await fetch(
        new Request(`http://cell/internal/tenants/${id}/configuration`, {
          method: "PUT",
          headers: {
            authorization: `Bearer ${await tokens.plane("cell:E39")}`,
            "content-type": "application/json",
          },
          body: JSON.stringify(document),
        }),
      );
      if (response.status !== 200) throw new Error(await response.text());
      return id;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.all(processes.map((it) => it.stop().catch(() => {})));
      for (const id of timers) clearTimeout(id);
    },
  };
}
