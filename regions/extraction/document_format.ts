import { z } from "zod";

/** Formats of which values can be taken. "text" is one string. */
export const DocumentFormat = z.enum(["json", "toml", "xml", "text"]);
export type DocumentFormat = z.infer<typeof DocumentFormat>;

/** The format that a media type names (RFC 6839 suffixes included); "text" for any other. */
export function formatOf(mediaType: string): DocumentFormat {
  const name = mediaType.split(";", 1)[0].trim().toLowerCase();
  if (/[/+]json$/.test(name)) return "json";
  if (/[/+]xml$/.test(name)) return "xml";
  return name === "application/toml" ? "toml" : "text";
}
