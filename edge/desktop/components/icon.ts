import { svg, type SVGTemplateResult } from "lit";

const PATHS = {
  phone:
    "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2.2 2A16 16 0 0 1 3 6.2 2 2 0 0 1 5 4Z",
  message: "M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z",
  mic: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5 11a7 7 0 0 0 14 0M12 18v3",
  "mic-off":
    "M9 9v3a3 3 0 0 0 5 2.2M15 11V6a3 3 0 0 0-5.9-.7M5 11a7 7 0 0 0 11.5 5.4M12 18v3M4 4l16 16",
  "hang-up": "M3 14c5-6 13-6 18 0l-2.4 2.6-4-1.6v-3a12 12 0 0 0-5.2 0v3l-4 1.6L3 14Z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6 6 18",
  send: "m4 12 16-8-5 16-3.5-6.5L4 12Z",
  headset: "M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v6H5a1 1 0 0 1-1-1v-5Zm16 0h-3v6h2a1 1 0 0 0 1-1v-5Z",
  plug: "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0V8ZM12 17v4",
  alert: "M12 4 2.8 20h18.4L12 4ZM12 10v5M12 17.6v.4",
  exit: "M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M10 8l-4 4 4 4M6 12h10",
} as const;

/** Names of the icons there are. */
export type IconName = keyof typeof PATHS;

/** A line icon, hidden from screen readers: what stands beside it says the same. */
export function icon(name: IconName): SVGTemplateResult {
  return svg`
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d=${PATHS[name]} />
    </svg>
  `;
}
