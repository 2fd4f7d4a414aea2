/** Lower-case hexadecimal text of so many random octets from the system. */
export function randomToken(octets: number): string {
  let text = "";
  for (const octet of crypto.getRandomValues(new Uint8Array(octets))) {
    text += (octet + 256).toString(16).substring(1);
  }
  return text;
}
