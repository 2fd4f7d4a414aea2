import { startPlatform } from "../../local/start/start_platform.ts";
import { ANSWERING_PORT } from "../peers/baresip.ts";
import { NetworkNamespace } from "../peers/network_namespace.ts";
import { WhatsAppProvider } from "../peers/whatsapp_provider.ts";
import type { Stage } from "./stage.ts";
import type { PlatformProcess } from "./udp_owners.ts";

/** A platform of its own, with the peers' network and provider beside it. */
export interface OpenStage extends Stage, AsyncDisposable {
  startSeconds: number;
  /** Settles when every cluster has a standby in sync. */
  redundant(): Promise<void>;
  /** All that the platform writes to disk. */
  dataFolder: string;
  /** The platform's processes as they are now. */
  readonly processes: readonly PlatformProcess[];
  /** The demo tenant's id. */
  tenantId: string;
  /** A token of the demo partner, for the partner API. */
  partnerToken(): Promise<string>;
}

/** What a stage is to have of its own. */
export interface StageOptions {
  /** Seconds a call rings at an agent; the tenant's default when left out. */
  offerSeconds?: number;
  /** Calls that the trunk carries at once. */
  trunkCalls?: number;
  /** Services on this machine, "host:port", that cells may send requests to. */
  services?: readonly string[];
}

const CARRIER_PORT = 5060;
let opened = 0;

/** Starts the platform on ports and data of its own, seeded, with a carrier's network beside it. */
export async function openStage(options: StageOptions): Promise<OpenStage> {
  const cleanup = new AsyncDisposableStack();
  try {
    const index = (Deno.pid + opened++) % 60;
    const network = cleanup.use(await NetworkNamespace.create(index));
    const provider = cleanup.use(new WhatsAppProvider());
    const dataFolder = await Deno.makeTempDir({ prefix: "antiphon-" });
    await Deno.chmod(dataFolder, 0o755);
    cleanup.defer(() => Deno.remove(dataFolder, { recursive: true }));
    const platform = cleanup.use(
      await startPlatform({
        portBase: freeBase(index),
        dataFolder,
        console: false,
        autoRestart: false,
        extraSip: [`udp:${network.hostAddress}:${CARRIER_PORT}`],
        egressAllow: [provider.host, ...options.services ?? []],
        seed: {
          whatsappApiBase: provider.apiBase,
          trunkSources: ["127.0.0.1", network.peerAddress],
          trunkDestinations: [
            { host: network.peerAddress, port: ANSWERING_PORT, transport: "udp" },
          ],
          ...(options.offerSeconds ? { offerSeconds: { voice: options.offerSeconds } } : {}),
          ...(options.trunkCalls ? { trunkCalls: options.trunkCalls } : {}),
        },
      }),
    );
    const { state } = platform;
    const demo = state.demo!;
    provider.asset = {
      phoneNumberId: demo.whatsapp.phoneNumberId,
      appSecret: demo.whatsapp.appSecret,
      webhookUrl: `${state.edgeUrl}${demo.whatsapp.webhookPath}`,
    };
    const resources = cleanup.move();
    return {
      edgeUrl: state.edgeUrl,
      controlPlaneUrl: state.controlPlaneUrl,
      cellUrl: state.cellUrls.E39["eu-central"]!,
      popUrls: state.popUrls,
      carrierSip: `${network.hostAddress}:${CARRIER_PORT}`,
      loopbackSip: state.sip.FRA,
      network,
      tenant: demo.slug,
      number: demo.number,
      agents: demo.agents,
      provider,
      dataFolder,
      startSeconds: platform.startSeconds,
      redundant: () => platform.redundant(),
      get processes() {
        return platform.processes().flatMap(({ name, pid }) => pid ? [{ name, pid }] : []);
      },
      kill: (name) => platform.kill(name),
      start: (name) => platform.start(name),
      tenantId: demo.tenantId,
      partnerToken: () => partnerToken(state.controlPlaneUrl, demo.partner),
      [Symbol.asyncDispose]: () => resources.disposeAsync(),
    };
  } catch (error) {
    await cleanup.disposeAsync();
    throw error;
  }
}

/**
 * A port base whose ports nobody holds: stages of several runs keep apart, and below the ports that
 * systems give to whoever asks for any.
 */
function freeBase(index: number): number {
  for (let turn = 0; turn < 10; turn++) {
    const base = 12_000 + ((index + turn * 7) % 10) * 2_000;
    const taken = [0, 1, 10, 30, 50, 60, 80, 90].some((offset) => isTaken(base + offset));
    if (!taken) return base;
  }
  throw new Error("No free range of ports: stop other platforms on this machine");
}

function isTaken(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return false;
  } catch {
    return true;
  }
}

async function partnerToken(
  url: string,
  partner: { clientId: string; clientSecret: string },
): Promise<string> {
  const response = await fetch(`${url}/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: partner.clientId,
      client_secret: partner.clientSecret,
    }),
  });
  if (!response.ok) throw new Error(`token: ${response.status} ${await response.text()}`);
  return (await response.json()).access_token;
}
