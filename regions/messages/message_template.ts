/** A message template that the provider has approved, with what fills its places. */
export interface MessageTemplate {
  name: string;
  /** The provider's language code, such as `en_GB`. */
  language: string;
  parameters: readonly string[];
}
