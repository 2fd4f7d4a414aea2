import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { indexConfiguration } from "../../configuration/configuration_index.ts";
import { EXAMPLE, NUMBER, TenantHarness } from "../../testing/tenant_harness.ts";

/** What a flow under test has. */
export interface TriedFlow {
  // deno-lint-ignore no-explicit-any
  activities: Record<string, any>;
  // deno-lint-ignore no-explicit-any
  variables?: Record<string, any>;
  start: string;
  /** The tenant has a key for sensitive values. */
  sealKey?: boolean;
}

const KEY = {
  keyId: "tenant:01890a5d-ac96-774b-bcce-b302099a8057:1",
  jwk: { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "B".repeat(43) },
} as const;

/** An answered call that runs a voice flow, up to where it first waits. */
export function flowCall({ activities, variables = {}, start, sealKey = false }: TriedFlow) {
  const flow = FlowDocument.parse({
    ...{ id: "welcome", name: "Welcome", kind: "voice", start, variables, activities },
  });
  const h = new TenantHarness();
  const document = TenantConfiguration.parse({ ...EXAMPLE, flows: [flow] });
  const none = indexConfiguration(document, new Map(), new Map()).stored;
  h.configuration = indexConfiguration(
    document,
    new Map([["welcome", "v"]]),
    new Map([["v", flow]]),
    { ...none, sealKey: sealKey ? KEY : null },
  );
  const callId = h.newId();
  h.call(callId, {
    ...{ type: "call.offered", legId: h.newId(), trunkId: h.newId(), from: "+49301", to: NUMBER },
    transport: "sip-udp",
  });
  h.call(callId, { type: "call.answered", codec: "PCMU" });
  return { h, callId };
}
