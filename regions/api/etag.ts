import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** The strong entity tag of a version (RFC 9110 section 8.8.3). */
export function etag(version: number | string): string {
  return `"${version}"`;
}

/** Whether an If-None-Match header names a tag, compared weakly (RFC 9110 section 13.1.2). */
export function isNamed(header: string | undefined, tag: string): boolean {
  return tagsOf(header).some((named) => named === "*" || named.replace(/^W\//, "") === tag);
}

/**
 * Lets a change through only if its If-Match header names what is there, compared strongly (RFC
 * 9110 section 13.1.1).
 *
 * @param tags The tags of the representations there are.
 * @throws AntiphonError `precondition_required` without a header, `precondition_failed` with the
 * current tag
 */
export function requireMatch(header: string | undefined, ...tags: string[]): void {
  if (header === undefined) {
    throw new AntiphonError("precondition_required", "Send If-Match with the ETag that you read", {
      data: { etag: tags[0] },
    });
  }
  if (tagsOf(header).some((named) => named === "*" || tags.includes(named))) return;
  throw new AntiphonError(
    "precondition_failed",
    "It was changed meanwhile: read it and try again",
    {
      data: { etag: tags[0] },
    },
  );
}

function tagsOf(header: string | undefined): string[] {
  return (header ?? "").split(",").map((tag) => tag.trim());
}
