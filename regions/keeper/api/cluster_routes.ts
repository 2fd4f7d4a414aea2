import { type Context, Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../../protocol/ids/names.ts";
import { SwitchOverRequest } from "../../../protocol/keeper/switch_over.ts";
import { readJson } from "../../api/read_json.ts";
import type { Keeper, KeptCluster } from "../process/keeper.ts";
import { Take } from "../process/peer_state.ts";
import { type Caller } from "./caller.ts";
import { clusterStatus } from "./cluster_status.ts";
import { peerState } from "./peer_state_of.ts";
import { SwitchOverDesk } from "./switch_over_desk.ts";

const READERS = ["operator", "control-plane", "keeper", "cell"];
const COMMANDERS = ["operator", "control-plane", "keeper"];

/** What cells, keepers, the control plane and operators ask of a cluster. */
export function clusterRoutes(keeper: Keeper, who: Caller, newId: () => string): Hono {
  const app = new Hono();
  const { site } = keeper.file;
  const desks = new Map([...keeper.clusters].map(([name, cluster]) => [
    name,
    new SwitchOverDesk({ site, cluster, call: keeper.call, newId }),
  ]));
  const clusterOf = (c: Context): KeptCluster => {
    const cluster = keeper.clusters.get(c.req.param("id")!);
    if (cluster) return cluster;
    throw new AntiphonError("not_found", `The keeper of ${site} keeps no such cluster`);
  };
  /** What is for any reader; a cell hears of its own cluster only. */
  const read = async (c: Context, kinds: readonly string[]): Promise<KeptCluster> => {
    const service = await who(c, kinds);
    const cluster = clusterOf(c);
    if (!service.startsWith("cell:") || service === `cell:${cluster.server.name}`) return cluster;
    throw new AntiphonError("forbidden", `This is not for ${service}`);
  };

  app.get("/:id/lease", async (c) => c.json((await read(c, READERS)).keeper.answerLease()));
  app.get("/:id", async (c) => {
    const { keeper: it } = await read(c, READERS);
    return c.json(clusterStatus(it.picture, it.now()));
  });
  app.get("/:id/audit", async (c) => c.json({ items: (await read(c, READERS)).audit.entries }));

  app.get("/:id/peer", async (c) => {
    await who(c, ["keeper"]);
    return c.json(peerState(clusterOf(c).keeper.picture));
  });
  app.post("/:id/take", async (c) => {
    const service = await who(c, ["keeper"]);
    const { keeper: it } = clusterOf(c);
    const take = await readJson(c, Take);
    if (service !== `keeper:${take.site}`) {
      throw new AntiphonError("forbidden", `${service} may not speak for ${take.site}`);
    }
    it.released(take);
    return c.json({});
  });

  app.post("/:id/switch-overs", async (c) => {
    const service = await who(c, COMMANDERS);
    const cluster = clusterOf(c);
    const request = await readJson(c, SwitchOverRequest);
    const desk = desks.get(cluster.server.name)!;
    return c.json(await desk.request(request, !service.startsWith("keeper:")), 202);
  });
  app.get("/:id/switch-overs", async (c) => {
    const { keeper: it } = await read(c, READERS);
    return c.json({ items: it.picture.state.switchOvers });
  });
  app.get("/:id/switch-overs/:operation", async (c) => {
    const service = await who(c, READERS);
    const { server } = clusterOf(c);
    const id = Uuid.parse(c.req.param("operation"));
    return c.json(await desks.get(server.name)!.find(id, !service.startsWith("keeper:")));
  });
  return app;
}
