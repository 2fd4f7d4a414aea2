import type { LocalState } from "../../layout/local_state.ts";
import { ClusterDesk } from "../cluster_desk.ts";
import type { ClusterWorld } from "./cluster_world.ts";
import { keeperDoubles } from "./keeper_doubles.ts";

const SITES = ["eu-central", "us-east"];

/**
 * A desk before clusters whose cells are active where their worlds say. To kill or start a keeper
 * takes its site away or brings it back.
 *
 * @param virtual Whether its clock goes on only while somebody waits.
 */
export async function deskDouble(worlds: readonly ClusterWorld[], virtual: boolean) {
  const done = new AsyncDisposableStack();
  const { keepers } = done.use(await keeperDoubles(worlds));
  const cells = worlds.map((world) => {
    const urls = SITES.map((site) => {
      const answer = () =>
        Response.json({ active: world.active === site, epoch: world.epoch, warm: true });
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
      done.defer(() => server.shutdown());
      return [site, `http://127.0.0.1:${server.addr.port}`];
    });
    return [world.clusterId, Object.fromEntries(urls)];
  });
  const dataFolder = await Deno.makeTempDir();
  done.defer(() => Deno.remove(dataFolder, { recursive: true }));
  const calls: string[] = [];
  const call = (verb: string, then: (site: string, world: ClusterWorld) => void) => {
    return (name: string) => {
      calls.push(`${verb} ${name}`);
      const [site] = name.startsWith("keeper-") ? [name.slice("keeper-".length)] : [];
      for (const world of worlds) if (site) then(site, world);
      return Promise.resolve();
    };
  };
  const url = "http://127.0.0.1:1";
  const state: LocalState = {
    ...{ pid: Deno.pid, controlPlaneUrl: url, edgeUrl: url, consoleUrl: null, demo: null },
    ...{ popUrls: { FRA: url, NYC: url }, sip: { FRA: "", NYC: "" }, standby: true },
    cellUrls: { E39: {}, C14: {}, ...Object.fromEntries(cells) },
    keeperUrls: {},
  };
  let at = 0;
  const desk = new ClusterDesk({
    ...{ state, dataFolder, keepers },
    processes: {
      kill: call("kill", (site, world) => world.away.add(site)),
      start: call("start", (site, world) => world.away.delete(site)),
      stop: call("stop", () => {}),
      renew: call("renew", () => {}),
    },
    ...virtual
      ? {
        pace: {
          now: () => at,
          pause: (ms) => {
            at += ms;
            return Promise.resolve();
          },
        },
      }
      : {},
  });
  return { desk, worlds, calls, [Symbol.asyncDispose]: () => done.disposeAsync() };
}
