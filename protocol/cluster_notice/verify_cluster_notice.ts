import { AntiphonError } from "../errors/antiphon_error.ts";
import type { ServiceKey } from "../service_token/service_key.ts";
import { verifyJwt } from "../service_token/verify_jwt.ts";
import { ClusterNotice } from "./cluster_notice.ts";
import { NOTICE_TYP, noticeAudience } from "./notice_token.ts";

/** Longest notice that is looked at, in characters. */
const MOST = 2_048;

/** What a notice must satisfy besides its signature. */
export interface NoticeExpectation {
  /** The keys known of the platform's services. */
  keys: readonly ServiceKey[];
  /** The cluster it must speak of. */
  clusterId: string;
  /** Epoch ms. */
  now?: () => number;
}

/**
 * Verifies what `signClusterNotice` made: signed by the cluster's own key, about that cluster, and
 * not older than a minute. Whether its address is known and its epoch new is for the caller to say.
 * @throws AntiphonError `token_expired` or `unauthenticated`
 */
export async function verifyClusterNotice(
  signed: string,
  { keys, clusterId, now = Date.now }: NoticeExpectation,
): Promise<ClusterNotice> {
  if (signed.length > MOST) throw unfit();
  const payload = await verifyJwt(signed, {
    keys,
    audience: noticeAudience(clusterId),
    typ: NOTICE_TYP,
    issuer: (service) => service === `cell:${clusterId}`,
    now,
  });
  const notice = ClusterNotice.safeParse(payload.notice);
  if (!notice.success || notice.data.clusterId !== clusterId) throw unfit();
  return notice.data;
}

function unfit(): AntiphonError {
  return new AntiphonError("unauthenticated", "Send a notice that the cluster's cell has signed");
}
