import type { OpenStage } from "./open_stage.ts";

const SLUG = "borealis";
const PASSWORD = "northern lights";

/** Makes a second tenant in the same cluster, and signs its one agent on. */
export async function otherTenantsToken(stage: OpenStage): Promise<string> {
  const partner = { authorization: `Bearer ${await stage.partnerToken()}` };
  const tenants = `${stage.controlPlaneUrl}/v1/tenants`;
  const { id } = await send("POST", tenants, partner, {
    slug: SLUG,
    name: "Borealis Rail",
    clusterId: "E39",
  });
  await send("PUT", `${tenants}/${id}/configuration`, partner, {
    sites: [{ id: "oslo", name: "Oslo" }],
    teams: [{ id: "all", name: "Everybody", siteId: "oslo" }],
    agents: [{ id: "anna", name: "Anna", username: "anna", teamIds: ["all"], password: PASSWORD }],
    queues: [],
    flows: [],
    entryPoints: [],
    idleCodes: [],
    wrapUpCodes: [],
  });
  const { accessToken } = await send("POST", `${stage.edgeUrl}/v1/sign-on`, {}, {
    tenant: SLUG,
    username: "anna",
    password: PASSWORD,
  });
  return String(accessToken);
}

async function send(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...headers,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${method} ${url}: ${response.status} ${JSON.stringify(answer)}`);
  }
  return answer;
}
