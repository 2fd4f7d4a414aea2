/** Cuts a text that is too long, and says so. O(most). */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const mark = `… (${text.length} characters)`;
  return text.slice(0, Math.max(0, most - mark.length)).toWellFormed() + mark;
}
