import { svg, type SVGTemplateResult } from "lit";

const HANDSET =
  "M6.4 3.5h2.9l1.6 4.6-2.1 1.5a11.6 11.6 0 0 0 5.6 5.6l1.5-2.1 4.6 1.6v2.9a2 2 0 0 1-2.2 " +
  "2A16.6 16.6 0 0 1 4.4 5.7a2 2 0 0 1 2-2.2z";

const SHAPES = {
  phone: svg`<path d=${HANDSET} />`,
  "hang-up": svg`<path transform="translate(0 3) rotate(135 12 12)" d=${HANDSET} />`,
  chat: svg`
    <path
      d="M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-8.5L6 20v-3.5H5A1.5 1.5 0 0 1 3.5 15V6A1.5 1.5 0 0 1 5 4.5z" />
  `,
  mic: svg`
    <rect x="9" y="3" width="6" height="11.5" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
  `,
  "mic-off": svg`
    <path
      d="M9 9v2.5a3 3 0 0 0 5.1 2.1M15 11V6a3 3 0 0 0-5.8-1M5.5 11.5a6.5 6.5 0 0 0 10.8 4.9M18.5 11.5c0 .9-.2 1.7-.5 2.5M12 18v3M4 4l16 16" />
  `,
  keypad: svg`
    <g fill="currentColor" stroke="none">
      <circle cx="6" cy="5" r="1.7" />
      <circle cx="12" cy="5" r="1.7" />
      <circle cx="18" cy="5" r="1.7" />
      <circle cx="6" cy="11" r="1.7" />
      <circle cx="12" cy="11" r="1.7" />
      <circle cx="18" cy="11" r="1.7" />
      <circle cx="6" cy="17" r="1.7" />
      <circle cx="12" cy="17" r="1.7" />
      <circle cx="18" cy="17" r="1.7" />
    </g>
  `,
  check: svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`,
  "check-double": svg`<path d="M2.5 12.5L7 17l8-8.5M11 16l1 1 9-9.5" />`,
  clock: svg`
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5l3.5 2" />
  `,
  alert: svg`<path d="M12 4l9 15.5H3zM12 10v4M12 16.8v.2" />`,
  info: svg`
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 11v5M12 8v.1" />
  `,
  network:
    svg`<path d="M3 9a13 13 0 0 1 18 0M6.5 12.7a8 8 0 0 1 11 0M9.8 16.2a3.3 3.3 0 0 1 4.4 0M12 19.2v.1" />`,
  "network-off": svg`
    <path
      d="M3 9a13 13 0 0 1 5-3M11.5 5.3A13 13 0 0 1 21 9M6.5 12.7a8 8 0 0 1 3-1.8M14 10.9a8 8 0 0 1 3.5 1.8M9.8 16.2a3.3 3.3 0 0 1 4.4 0M12 19.2v.1M4 4l16 16" />
  `,
  headset: svg`
    <path
      d="M4 14v-2a8 8 0 0 1 16 0v2M4 14a1.5 1.5 0 0 1 1.5-1.5H7v6H5.5A1.5 1.5 0 0 1 4 17zM20 14a1.5 1.5 0 0 0-1.5-1.5H17v6h1.5A1.5 1.5 0 0 0 20 17zM19.5 18.3c-.5 1.7-2.3 2.7-5 2.7H12.5" />
  `,
  "sign-out":
    svg`<path d="M10 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h4M15 8l4 4-4 4M9.5 12H19" />`,
  keyboard: svg`
    <rect x="3" y="6" width="18" height="12" rx="2" />
    <path d="M7 10v.1M10.3 10v.1M13.7 10v.1M17 10v.1M8 14h8" />
  `,
  bell:
    svg`<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 19.5a2.2 2.2 0 0 0 4 0" />`,
  "bell-off": svg`
    <path
      d="M8.5 5.2A6 6 0 0 1 18 10c0 1.6.2 2.8.5 3.8M15 16.5H4S6 15 6 10c0-.6.1-1.2.3-1.8M10 19.5a2.2 2.2 0 0 0 4 0M4 4l16 16" />
  `,
  back: svg`<path d="M15 5l-7 7 7 7" />`,
  send: svg`<path d="M4 12l16-7.5-5.5 16-3-6.5zM11.5 14L20 4.5" />`,
  close: svg`<path d="M6 6l12 12M18 6L6 18" />`,
  inbox: svg`<path d="M4 13.5L6.5 5h11L20 13.5V19H4zM4 13.5h4.5L10 16h4l1.5-2.5H20" />`,
  person: svg`
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20a7.5 7.5 0 0 1 15 0" />
  `,
  open: svg`
    <path
      d="M14 4.5h5.5V10M19.5 4.5L11 13M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4" />
  `,
  pause: svg`<path d="M9 6v12M15 6v12" />`,
};

/** Names of the icons there are. */
export type IconName = keyof typeof SHAPES;

/** An icon drawn in the text's colour; it is decoration, so name its control in words. */
export function icon(name: IconName, size = 20): SVGTemplateResult {
  return svg`
    <svg
      width=${size}
      height=${size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >${SHAPES[name]}</svg>
  ` as SVGTemplateResult;
}
