/** A page that a flow shows the agent, ready to be opened. */
export interface PopLink {
  href: string;
  title: string;
  /** Whose page it is. */
  host: string;
}

/** A screen pop as a link; null without one, and for what is no https address. */
export function popLink(pop: { url: string; title: string } | null): PopLink | null {
  if (!pop || !URL.canParse(pop.url)) return null;
  const { protocol, href, host, username, password } = new URL(pop.url);
  // A name before the host makes another one of it, to the eye.
  if (protocol !== "https:" || username !== "" || password !== "") return null;
  return { href, title: pop.title.trim() || host, host };
}
