import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import { AgentBrowser } from "../peers/agent_browser.ts";
import { Baresip } from "../peers/baresip.ts";
import type { NetworkNamespace } from "../peers/network_namespace.ts";
import type { WhatsAppProvider } from "../peers/whatsapp_provider.ts";

/** A person who can sign in. */
export interface Credentials {
  username: string;
  password: string;
}

/** The running platform as the stories see it: addresses, and a hand on each process. */
export interface Stage {
  edgeUrl: string;
  controlPlaneUrl: string;
  cellUrl: string;
  /** Metrics of every PoP, by id. */
  popUrls: Readonly<Record<string, string>>;
  /** "host:port" of Frankfurt's SIP, as the carrier in its namespace and on loopback reach it. */
  carrierSip: string;
  loopbackSip: string;
  network: NetworkNamespace;
  tenant: string;
  number: string;
  agents: readonly Credentials[];
  provider: WhatsAppProvider;
  /** Kills a process with SIGKILL; it stays down. */
  kill(process: string): Promise<void>;
  /** Starts a killed process again and waits until it is ready. */
  start(process: string): Promise<void>;
}

/** Brings a caller's phone up. */
export function caller(stage: Stage, user = "+4930123456"): Promise<Baresip> {
  return Baresip.start(stage.network, { user });
}

/** Brings an agent's desktop up, signed in and idle. */
export async function agent(stage: Stage, who = stage.agents[0]): Promise<AgentBrowser> {
  const browser = await AgentBrowser.start(stage.edgeUrl);
  try {
    await browser.signIn(stage.tenant, who.username, who.password);
    await browser.phoneIs("ready");
  } catch (error) {
    await browser[Symbol.asyncDispose]();
    throw error;
  }
  return browser;
}

/** The tenant's interactions, live ones first, newest first, as the API gives them. */
export async function interactions(stage: Stage): Promise<InteractionRecord[]> {
  const response = await fetch(`${stage.edgeUrl}/v1/interactions?limit=100`, {
    headers: { authorization: `Bearer ${await accessToken(stage)}` },
  });
  if (!response.ok) throw new Error(`interactions: ${response.status} ${await response.text()}`);
  return (await response.json()).items;
}

const tokens = new WeakMap<Stage, { token: Promise<string>; at: number }>();
const TOKEN_MS = 5 * 60_000;

/** An access token of the second agent, who only reads. */
export function accessToken(stage: Stage): Promise<string> {
  const known = tokens.get(stage);
  if (known && Date.now() - known.at < TOKEN_MS) return known.token;
  const token = signOn(stage);
  tokens.set(stage, { token, at: Date.now() });
  token.catch(() => tokens.delete(stage));
  return token;
}

async function signOn(stage: Stage): Promise<string> {
  const { username, password } = stage.agents[1];
  const response = await fetch(`${stage.edgeUrl}/v1/sign-on`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ tenant: stage.tenant, username, password }),
  });
  if (!response.ok) throw new Error(`sign-on: ${response.status} ${await response.text()}`);
  return (await response.json()).accessToken;
}

/** RTP packets a PoP has received or sent since it started, over all its legs. */
export async function rtpPackets(stage: Stage, popId: string): Promise<number> {
  const text = await (await fetch(`${stage.popUrls[popId]}/metrics`)).text();
  return [...text.matchAll(/^antiphon_rtp_packets_total(?:\{[^}]*\})? (\d+)$/gm)]
    .reduce((sum, match) => sum + Number(match[1]), 0);
}
