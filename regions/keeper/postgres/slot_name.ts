/** Every slot that a keeper makes begins with this. */
export const SLOT_PREFIX = "antiphon_standby_";

/** Name of the physical slot that holds the WAL of a site's standby. */
export function slotName(site: string): string {
  return `${SLOT_PREFIX}${site.replaceAll("-", "_")}`;
}
