import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { ConfigurationIndex } from "./configuration_index.ts";

/** The command that brings a tenant's machine up to date with a configuration. */
export function configurationChanged(
  { stored: { resolution } }: ConfigurationIndex,
): Extract<TenantCommand, { type: "configuration-changed" }> {
  return {
    type: "configuration-changed",
    moveTo: resolution?.moveTo ?? {},
    dropRequirements: resolution?.dropRequirements ?? false,
  };
}
