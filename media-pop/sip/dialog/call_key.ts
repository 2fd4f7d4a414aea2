/** Names a call on our side: requests within its dialog carry both. */
export function callKey(callId: string, localTag: string): string {
  return `${callId}|${localTag}`;
}
