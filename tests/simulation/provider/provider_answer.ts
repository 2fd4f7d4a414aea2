/** What the provider answers; after "broken" nobody knows whether it took the message. */
export type ProviderAnswer = "ok" | "busy" | "refused" | "broken";
