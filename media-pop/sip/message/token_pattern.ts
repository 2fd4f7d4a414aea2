/** `token` of RFC 3261 section 25.1. */
export const TOKEN_PATTERN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;
