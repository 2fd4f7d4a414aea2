/** A flow variable's name to people: "customerNumber" and "customer_number" → "Customer number". */
export function variableLabel(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[_\-.]+/g, " ").trim();
  if (words === "") return name;
  const lower = words.split(/\s+/)
    .map((word, i) => (i > 0 && !/^[A-Z0-9]{2,}$/.test(word) ? word.toLowerCase() : word));
  return lower.join(" ").replace(/^./, (first) => first.toUpperCase());
}
