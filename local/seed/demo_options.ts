import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";

/** What tests and demonstrations may set about the demo tenant. */
export interface DemoOptions {
  /** Base of the WhatsApp API that the cell calls. */
  whatsappApiBase?: string;
  /** Unanswered offers end after this. */
  offerSeconds?: { voice?: number; social?: number };
  /** Concurrent calls of each trunk; 100 by default. */
  trunkCalls?: number;
  /** Addresses and prefixes that calls may come from; loopback by default. */
  trunkSources?: readonly string[];
  /** Where calls go out to; nowhere by default. */
  trunkDestinations?: readonly { host: string; port: number; transport: "udp" | "tcp" }[];
  /** Makes another contact centre of the demo's before it is stored; must give the same each time. */
  change?: (configuration: TenantConfiguration) => TenantConfiguration;
}
