/** A span of time as "0:07", "12:05" or "1:02:09". Negative spans count as none. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [total / 3600, total / 60 % 60, total % 60].map(Math.floor);
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
