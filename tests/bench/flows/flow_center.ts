import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { indexConfiguration } from "../../../regions/configuration/configuration_index.ts";
import { decide } from "../../../regions/tenants/decide.ts";
import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import { emptyTenantState } from "../../../regions/tenants/tenant_state.ts";
import { arrives } from "./round_events.ts";
import { roundFlow } from "./round_flow.ts";

/** A tenant's machine in memory with callers in the menu. */
export class FlowCenter {
  readonly state = emptyTenantState();
  readonly newId = uuidV7();
  readonly #configuration = indexed();
  #at = 1_000_000;

  send(command: TenantCommand) {
    const { newId } = this;
    return decide(this.state, command, {
      ...{ at: this.#at++, newId, configuration: this.#configuration },
    });
  }

  /** A caller who has come to the menu. */
  arrive(): string {
    const callId = this.newId();
    for (const command of arrives(callId, this.newId)) this.send(command);
    return callId;
  }
}

function indexed() {
  const document = roundFlow();
  return indexConfiguration(
    document,
    new Map(document.flows.map(({ id }) => [id, `${id}-v1`])),
    new Map(document.flows.map((flow) => [`${flow.id}-v1`, flow])),
  );
}
