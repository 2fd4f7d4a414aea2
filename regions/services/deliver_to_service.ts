import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { Effect } from "../effects/effect.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import type { ServiceHandler } from "./service_call.ts";

/** What {@linkcode deliverToService} needs. */
export interface ServicePorts {
  /** Who carries out which type of request. */
  services: ReadonlyMap<string, ServiceHandler>;
  /** Aborted when the cell closes. */
  closing: AbortSignal;
  log: Logger;
}

/**
 * Asks a service outside for a flow's step and hands the answer to the tenant's machine. A step that
 * nobody waits for any more is passed over. When the answer cannot be committed all of it is
 * repeated: services tell repeats by interaction and step.
 * @throws AntiphonError when it should be tried again
 */
export async function deliverToService(
  effect: Extract<Effect, { to: "service" }>,
  runner: TenantRunner,
  { services, closing, log }: ServicePorts,
): Promise<void> {
  const { interactionId, step, request } = effect;
  const { tenantId } = runner.ports;
  const it = runner.state.interactions.get(interactionId);
  if (!it || !waits(it, step)) return;
  let answer: unknown;
  try {
    const { configuration } = runner;
    const service = services.get(request.type);
    if (!service) throw new AntiphonError("unknown_entity", `There is no service ${request.type}`);
    answer = await service({ tenantId, interactionId, step, request, configuration }, closing);
  } catch (error) {
    if (closing.aborted) throw closing.reason;
    log.error("service.failed", { tenantId, interactionId, step, type: request.type, error });
    answer = {
      outcome: "failed",
      code: "internal",
      status: null,
      duration: 0,
      values: {},
      sealed: {},
    };
  }
  await runner.submit({ type: "flow-answered", interactionId, step, answer });
}

/** Whether the flow or one of its handlers still stands at a step. */
function waits({ flow }: Interaction, step: number): boolean {
  return flow.step === step || flow.handlers.some((thread) => thread.step === step);
}
