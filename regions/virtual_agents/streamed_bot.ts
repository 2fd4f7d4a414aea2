/** Whose stream it is, for what is added only when its command is delivered. */
export interface StreamedBot {
  virtualAgentId: string;
  /** Parameters that are opened then, as compact JWE by name. */
  sealed: Readonly<Record<string, string>>;
}
