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
}
