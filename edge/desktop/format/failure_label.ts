const LABELS: Record<string, string> = {
  "outcome-unknown": "It is not known whether this was delivered. Ask, or send it again.",
  "provider-refused": "WhatsApp did not accept it",
  "provider-131047": "More than 24 hours have passed since the contact wrote",
  "provider-131026": "The contact cannot be reached on WhatsApp",
  "unavailable": "WhatsApp could not be reached",
};

/** Why a message failed, to people; an unknown reason is shown in its own words. */
export function failureLabel(failure: string | null): string | null {
  return failure === null ? null : LABELS[failure] ?? failure.replaceAll(/[-_]/g, " ");
}
