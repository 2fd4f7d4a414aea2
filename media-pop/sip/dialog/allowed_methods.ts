/** The Allow value: what this user agent serves. */
export const ALLOWED_METHODS = "INVITE, ACK, BYE, CANCEL, OPTIONS";
