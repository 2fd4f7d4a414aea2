import { svg, type SVGTemplateResult } from "lit";

/** The mark: a call and its answer. */
export function logo(size: number): SVGTemplateResult {
  return svg`
    <svg width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--brand)" />
      <g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round">
        <path d="M11 10.5a8 8 0 0 0 0 11" />
        <path d="M21 10.5a8 8 0 0 1 0 11" />
      </g>
      <circle cx="16" cy="16" r="2.6" fill="#fff" />
    </svg>
  ` as SVGTemplateResult;
}
