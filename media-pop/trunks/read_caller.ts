/**
 * The caller as reports show it: E.164 where the carrier's user part reads so, else the user part
 * as it came, at most 128 characters; "anonymous" when the carrier gave none.
 */
export function readCaller(user: string | null): string {
  const plain = (user ?? "").split(";")[0].trim();
  if (plain === "") return "anonymous";
  const digits = plain.replace(/[\s().-]/g, "").replace(/^00/, "+");
  return /^\+[1-9][0-9]{2,14}$/.test(digits) ? digits : plain.slice(0, 128);
}
