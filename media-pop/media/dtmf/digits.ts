/** The sixteen DTMF digits by their event code (RFC 4733 table 3). */
export const DIGITS = "0123456789*#ABCD";
