/** Makes a formatter of times of day in the reader's own manner ("14:05" or "2:05 PM"). */
export function clockTime(locale?: string, timeZone?: string): (at: number) => string {
  const format = new Intl.DateTimeFormat(locale, {
    hour: "numeric",
    minute: "2-digit",
    ...(timeZone ? { timeZone } : {}),
  });
  return (at) => format.format(at);
}
