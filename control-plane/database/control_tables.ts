import type { ColumnType, Generated } from "kysely";
import type { CfgTables } from "../../protocol/cfg/cfg_tables.ts";

type Json<T> = ColumnType<T, T, T>;

/** All tables of the control plane's database: `cfg`, which is published, and its own `control`. */
export interface ControlTables extends CfgTables {
  "control.partners": { id: string; name: string; created_at: Date };
  /** OAuth clients. `secret_hash` is scrypt's; the secret itself is nowhere. */
  "control.clients": { id: string; partner_id: string; secret_hash: string; created_at: Date };
  "control.tenants": { id: string; created_at: Date };
  /** `sealed` is a JWE of `{appSecret, verifyToken}`. */
  "control.asset_secrets": { asset_id: string; sealed: string };
  /** Answers by idempotency key. `answer` is a JWE, since an answer may carry a new secret. */
  "control.idempotency": {
    owner: string;
    key: string;
    fingerprint: string;
    answer: string | null;
    expires_at: Date;
  };
  /** One row: grows with every change of what snapshots tell, in the order of the commits. */
  "control.revision": { id: Generated<boolean>; value: ColumnType<string, number, number> };
  "control.audit": {
    id: string;
    at: Date;
    actor: string;
    action: string;
    subject: string;
    partner_id: string | null;
    request_id: string;
    data: Json<Record<string, unknown>>;
  };
}
