import type { ErrorCode } from "./error_code.ts";

/** Options of an {@linkcode AntiphonError}. */
export interface AntiphonErrorOptions {
  /** Facts a caller or operator needs to act on the error. Never secrets or personal data. */
  data?: Record<string, unknown>;
  /** The error underneath. */
  cause?: unknown;
}

/**
 * The one error class of the platform. `code` is stable and is what callers switch on; `message`
 * says what failed and what to do about it.
 */
export class AntiphonError extends Error {
  override readonly name = "AntiphonError";
  readonly code: ErrorCode;
  readonly data: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: AntiphonErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.data = options.data ?? {};
  }
}
