import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";
import { verifyServiceToken } from "../../../protocol/service_token/verify_service_token.ts";
import { KeeperClient } from "../keeper_client.ts";
import type { ClusterWorld } from "./cluster_world.ts";

/** Keepers of both sites that tell of these clusters, and clients that know the operator's key. */
export async function keeperDoubles(worlds: readonly ClusterWorld[]) {
  const { privateKey, publicKey } = await generateServiceKey("operator", "k1");
  const token = serviceTokenSigner(privateKey);
  const servers = ["eu-central", "us-east"].map((site) => {
    const handler = async (request: Request) => {
      try {
        const bearer = request.headers.get("authorization")!.slice("Bearer ".length);
        await verifyServiceToken(bearer, {
          keys: [publicKey],
          audience: `keeper:${site}`,
          kinds: ["operator"],
        });
        return Response.json(await answer(request, site, worlds));
      } catch (error) {
        const problem = toProblem(error);
        return Response.json(problem, { status: problem.status });
      }
    };
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
    return { site, server, url: `http://127.0.0.1:${server.addr.port}` };
  });
  const clients = servers.map(({ site, url }) => new KeeperClient({ site, url, token }));
  return {
    keepers: new Map(clients.map((client) => [client.site, client])),
    urls: Object.fromEntries(servers.map(({ site, url }) => [site, url])),
    token,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map(({ server }) => server.shutdown()));
    },
  };
}

async function answer(request: Request, site: string, worlds: readonly ClusterWorld[]) {
  const [, , , clusterId, what, id] = new URL(request.url).pathname.split("/");
  const world = worlds.find((known) => known.clusterId === clusterId);
  if (!world) throw new AntiphonError("not_found", `No server of ${clusterId} is kept here`);
  if (world.away.has(site)) throw new AntiphonError("unavailable", "It is away");
  if (what === "audit") return { items: world.audit.filter((line) => line.site === site) };
  if (what === undefined) return world.status(site);
  return request.method === "POST" ? world.begin(await request.json()) : world.step(id);
}
