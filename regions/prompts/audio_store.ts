/** Where a cluster keeps what its tenants upload: µ-law code words by their SHA-256. */
export interface AudioStore {
  /** Keeps code words; keeping them again changes nothing. */
  put(tenantId: string, hash: string, codes: Uint8Array): Promise<void>;
  /** Null when there are none under the hash. */
  get(tenantId: string, hash: string): Promise<Uint8Array<ArrayBuffer> | null>;
  has(tenantId: string, hash: string): Promise<boolean>;
}
