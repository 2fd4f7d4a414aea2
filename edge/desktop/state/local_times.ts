import type { DesktopState } from "./desktop_state.ts";

/** The state with every time of the platform's clock moved to this machine's. */
export function localTimes(state: DesktopState): DesktopState {
  const { skew } = state;
  if (skew === 0) return state;
  const move = <T extends number | null>(at: T): T => (at === null ? at : at + skew) as T;
  return {
    ...state,
    agent: state.agent && { ...state.agent, since: move(state.agent.since) },
    offers: state.offers.map((offer) => ({
      ...offer,
      queuedAt: move(offer.queuedAt),
      offeredAt: move(offer.offeredAt),
      expiresAt: move(offer.expiresAt),
    })),
    assignments: state.assignments.map((one) => ({
      ...one,
      queuedAt: move(one.queuedAt),
      connectedAt: move(one.connectedAt),
      responseDue: move(one.responseDue),
      contactIdleAt: move(one.contactIdleAt),
      serviceLevel: {
        firstResponseDue: move(one.serviceLevel.firstResponseDue),
        resolutionDue: move(one.serviceLevel.resolutionDue),
      },
      wrapUpUntil: move(one.wrapUpUntil),
    })),
  };
}
