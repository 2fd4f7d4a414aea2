/** Error codes of the token endpoint (RFC 6749 section 5.2) and the status each answers with. */
const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_scope: 400,
  unsupported_grant_type: 400,
  too_many_requests: 429,
} as const;

/** An error answer of the token endpoint. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly code: keyof typeof STATUS;
  /** Seconds to wait, for `too_many_requests`. */
  readonly retryAfter: number | undefined;

  constructor(code: keyof typeof STATUS, message: string, retryAfter?: number) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** HTTP status of the answer. */
  get status(): (typeof STATUS)[keyof typeof STATUS] {
    return STATUS[this.code];
  }
}
