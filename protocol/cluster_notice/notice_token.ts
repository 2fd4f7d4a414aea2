/** The `typ` of a signed notice (RFC 8725 section 3.11): no other token passes for one. */
export const NOTICE_TYP = "cluster-notice+jwt";

/** The audience of a notice about one cluster ("cluster:E39"). */
export function noticeAudience(clusterId: string): string {
  return `cluster:${clusterId}`;
}
