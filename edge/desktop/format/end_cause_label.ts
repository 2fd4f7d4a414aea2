const LABELS: Record<string, string> = {
  "caller-hung-up": "The caller hung up",
  "contact-left": "The contact left",
  "agent-hung-up": "You hung up",
  "agent-ended": "You ended it",
  "flow-hung-up": "The flow ended the call",
  "media-timeout": "Audio stopped arriving",
  "agent-lost": "Your softphone was lost",
};

/** Why an interaction ended, to people; an unknown cause is shown in its own words. */
export function endCauseLabel(cause: string | null): string {
  if (cause === null) return "The interaction has ended";
  const words = cause.replaceAll("-", " ");
  return LABELS[cause] ?? `Ended: ${words}`;
}
