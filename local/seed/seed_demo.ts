import { createHash } from "node:crypto";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { demoConfiguration } from "./demo_configuration.ts";
import { DEMO } from "./demo_facts.ts";
import type { DemoOptions } from "./demo_options.ts";
import type { DemoSecrets, DemoSecretStore } from "./demo_secrets.ts";
import type { DemoTenant } from "./demo_tenant.ts";
import { ensureItem } from "./ensure_item.ts";
import { PartnerApi } from "./partner_api.ts";

const Partner = z.object({ clientId: z.string(), clientSecret: z.string() });
const Tenant = z.object({ id: z.uuid(), slug: z.string() });
const TenantNumber = z.object({ number: z.string() });
const Trunk = z.object({ id: z.uuid(), name: z.string() });
const Asset = z.object({ id: z.uuid(), phoneNumberId: z.string(), webhookPath: z.string() });

/** Where the platform is, and how the operator signs in. */
export interface SeedTarget {
  controlPlaneUrl: string;
  operator: { clientId: string; clientSecret: string };
}

/**
 * Makes the demo partner and tenant through the public partner API, as any partner would. Run
 * again it finds what is there and makes what is missing; what people have changed in the
 * configuration since then stays.
 * @throws AntiphonError naming the request that was refused
 */
export async function seedDemo(
  target: SeedTarget,
  store: DemoSecretStore,
  options: DemoOptions = {},
): Promise<DemoTenant> {
  const { api, secrets, partner } = await signInAsPartner(target, store);
  const tenant = await ensureItem(api, "/v1/tenants", Tenant, (it) => it.slug === DEMO.slug, {
    slug: DEMO.slug,
    name: DEMO.name,
    clusterId: DEMO.clusterId,
  });
  const under = `/v1/tenants/${tenant.id}`;
  const isOurs = (it: z.infer<typeof TenantNumber>) => it.number === DEMO.number;
  const whatsapp = secrets.whatsapp;
  const [asset] = await Promise.all([
    ensureItem(api, `${under}/assets`, Asset, (it) => it.phoneNumberId === DEMO.phoneNumberId, {
      channel: "whatsapp",
      name: "WhatsApp",
      phoneNumberId: DEMO.phoneNumberId,
      appSecret: whatsapp.appSecret,
      verifyToken: whatsapp.verifyToken,
    }),
    ensureItem(api, `${under}/numbers`, TenantNumber, isOurs, { number: DEMO.number }),
    ...["FRA", "NYC"].map((popId) => ensureTrunk(api, popId, options)),
  ]);
  const parts = {
    assetId: asset.id,
    passwords: secrets.passwords,
    whatsappToken: whatsapp.accessToken,
  };
  const usual = demoConfiguration(parts, options);
  const body = options.change?.(usual) ?? usual;
  const configured = createHash("sha256").update(tenant.id + JSON.stringify(body)).digest("hex");
  if (configured !== secrets.configured) {
    await api.send({ method: "PUT", path: `${under}/configuration`, body, answer: z.unknown() });
    await store.write({ ...secrets, partner, configured });
  }
  return {
    tenantId: tenant.id,
    slug: DEMO.slug,
    name: DEMO.name,
    number: DEMO.number,
    agents: DEMO.agents.map(({ id, name }) => ({
      username: id,
      name,
      password: secrets.passwords[id],
    })),
    partner,
    whatsapp: {
      assetId: asset.id,
      phoneNumberId: DEMO.phoneNumberId,
      webhookPath: asset.webhookPath,
      appSecret: whatsapp.appSecret,
      verifyToken: whatsapp.verifyToken,
    },
  };
}

function ensureTrunk(api: PartnerApi, popId: string, options: DemoOptions) {
  const name = `Carrier at ${popId}`;
  return ensureItem(api, "/v1/trunks", Trunk, (it) => it.name === name, {
    name,
    popId,
    sources: options.trunkSources ?? ["127.0.0.0/8"],
    maxCalls: options.trunkCalls ?? 100,
    maxCallsPerSecond: 50,
    ...(options.trunkDestinations ? { destinations: options.trunkDestinations } : {}),
  });
}

/** With the kept credentials, or as a new partner when there are none or they are not known. */
async function signInAsPartner(target: SeedTarget, store: DemoSecretStore): Promise<
  { api: PartnerApi; secrets: DemoSecrets; partner: z.infer<typeof Partner> }
> {
  const kept = await store.read();
  if (kept.partner) {
    const api = new PartnerApi(target.controlPlaneUrl, kept.partner);
    try {
      await api.signIn();
      return { api, secrets: kept, partner: kept.partner };
    } catch (error) {
      if (!(error instanceof AntiphonError) || error.data.status !== 401) throw error;
    }
  }
  const operator = new PartnerApi(target.controlPlaneUrl, target.operator);
  const partner = await operator.send({
    method: "POST",
    path: "/v1/partners",
    body: { name: DEMO.partner },
    answer: Partner,
  });
  const secrets = { ...kept, partner: Partner.parse(partner) };
  await store.write(secrets);
  return { api: new PartnerApi(target.controlPlaneUrl, partner), secrets, partner };
}
