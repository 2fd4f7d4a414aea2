import type { ConfigurationIndex } from "../configuration/configuration_index.ts";
import type { ServiceRequest } from "./service_request.ts";

/** A flow's request to a service outside, with what it is asked for. */
export interface ServiceCall<R extends ServiceRequest = ServiceRequest> {
  tenantId: string;
  interactionId: string;
  /** The flow's step; with the interaction's id it names the request also when it is repeated. */
  step: number;
  request: R;
  /** The tenant's, as of now. */
  configuration: ConfigurationIndex;
}

/**
 * Carries one kind of request out and says what came of it. What fails for good is an answer, too;
 * it throws only when it was ended, or should be tried again as a whole.
 */
export type ServiceHandler = (call: ServiceCall, signal: AbortSignal) => Promise<unknown>;
