/** What every leg has when it begins. */
export function blankLeg(id: string, popId: string, at: number) {
  return {
    id,
    popId,
    codec: null,
    agentId: null,
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    cause: null,
    media: null,
  };
}
