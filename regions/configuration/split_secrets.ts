import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { versionKey } from "./configuration_index.ts";

/** A document without what is write-only, and that by the entity it belongs to (`versionKey`). */
export interface SplitDocument {
  open: TenantConfiguration;
  secrets: ReadonlyMap<string, string>;
}

/** Takes passwords, access tokens and secrets out of a document. What had none stays the same object. */
export function splitSecrets(document: TenantConfiguration): SplitDocument {
  const secrets = new Map<string, string>();
  const agents = document.agents.map((agent) => {
    if (!("password" in agent)) return agent;
    const { password, ...open } = agent;
    if (password !== undefined) secrets.set(versionKey("agents", agent.id), password);
    return open;
  });
  const assetSenders = document.assetSenders.map((sender) => {
    if (!("accessToken" in sender)) return sender;
    const { accessToken, ...open } = sender;
    if (accessToken !== undefined) {
      secrets.set(versionKey("asset-senders", sender.assetId), accessToken);
    }
    return open;
  });
  const virtualAgents = document.virtualAgents.map((agent) => {
    if (!("secret" in agent)) return agent;
    const { secret, ...open } = agent;
    if (secret !== undefined) secrets.set(versionKey("virtual-agents", agent.id), secret);
    return open;
  });
  return { open: { ...document, agents, assetSenders, virtualAgents }, secrets };
}
