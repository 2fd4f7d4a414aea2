import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { Kysely } from "kysely";
import { z } from "zod";
import { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { openText } from "./open_text.ts";
import { SEAL_ALGORITHM, sealText } from "./seal_text.ts";
import type { Sealer } from "./sealer.ts";

/** What {@linkcode TenantKeys} needs. */
export interface TenantKeysPorts {
  db: Kysely<CellTables>;
  sealer: Sealer;
  now: () => number;
}

const PrivateJwk = SealKey.shape.jwk.extend({ d: z.string().min(1).max(64) });

/**
 * The key pairs that tenants' sensitive values are sealed with. Private parts are sealed at rest
 * and never leave the cell; a rotated key still opens what it sealed.
 */
export class TenantKeys {
  /** Private parts by key id, as read. */
  readonly #private = new Map<string, Promise<JWK | undefined>>();

  constructor(readonly ports: TenantKeysPorts) {}

  /** The public key that a tenant's values are sealed with now; makes the first one. */
  async current(tenantId: string): Promise<SealKey> {
    return await currentKey(this.ports.db, tenantId) ?? await this.#make(tenantId, 1);
  }

  /** Makes the next key; from now on values are sealed with it. */
  async rotate(tenantId: string): Promise<SealKey> {
    const { keyId } = await this.current(tenantId);
    return await this.#make(tenantId, numberOf(keyId) + 1);
  }

  /** Seals a text with the present key. */
  async seal(tenantId: string, text: string): Promise<string> {
    return await sealText(await this.current(tenantId), text);
  }

  /**
   * Opens a value of this tenant.
   * @throws AntiphonError `sealed_unreadable`, also for another tenant's
   */
  async open(tenantId: string, sealed: string): Promise<string> {
    return await openText((keyId) => this.#privateKey(tenantId, keyId), sealed);
  }

  async #make(tenantId: string, number: number): Promise<SealKey> {
    const { db, sealer, now } = this.ports;
    const pair = await generateKeyPair(SEAL_ALGORITHM, { crv: "P-256", extractable: true });
    const { jwk } = SealKey.pick({ jwk: true }).parse({ jwk: await exportJWK(pair.publicKey) });
    const sealed = await sealer.seal(JSON.stringify(await exportJWK(pair.privateKey)));
    // Whoever was first made it.
    await db.insertInto("cell.tenant_keys")
      .values({ tenant_id: tenantId, number, public_key: jwk, private_key: sealed, at: now() })
      .onConflict((c) => c.doNothing()).execute();
    return (await currentKey(db, tenantId))!;
  }

  async #privateKey(tenantId: string, keyId: string): Promise<JWK | undefined> {
    if (keyId !== keyIdOf(tenantId, numberOf(keyId))) return undefined;
    const known = this.#private.get(keyId);
    if (known) return await known;
    const reading = this.#read(tenantId, numberOf(keyId));
    this.#private.set(keyId, reading);
    // One that is not there, or was not read, may be there later.
    reading.then((jwk) => jwk ?? this.#private.delete(keyId), () => this.#private.delete(keyId));
    return await reading;
  }

  async #read(tenantId: string, number: number): Promise<JWK | undefined> {
    const { db, sealer } = this.ports;
    const row = await db.selectFrom("cell.tenant_keys").select("private_key")
      .where("tenant_id", "=", tenantId).where("number", "=", number).executeTakeFirst();
    if (!row) return undefined;
    return PrivateJwk.parse(JSON.parse(await sealer.open(row.private_key)));
  }
}

/** A tenant's present public key; undefined before the first was made. */
export async function currentKey(
  db: Kysely<CellTables>,
  tenantId: string,
): Promise<SealKey | undefined> {
  const row = await db.selectFrom("cell.tenant_keys").select(["number", "public_key"])
    .where("tenant_id", "=", tenantId).orderBy("number", "desc").limit(1).executeTakeFirst();
  return row && { keyId: keyIdOf(tenantId, row.number), jwk: row.public_key };
}

function keyIdOf(tenantId: string, number: number): string {
  return `tenant:${tenantId}:${number}`;
}

/** The number at the end of a key's id; 0 if there is none. */
function numberOf(keyId: string): number {
  const digits = /:([1-9][0-9]{0,8})$/.exec(keyId);
  return digits ? Number(digits[1]) : 0;
}
