import { html, type TemplateResult } from "lit";
import type { StatusLabel } from "../format/status_labels.ts";
import { icon, type IconName } from "./icon.ts";

/** What a {@linkcode statusBadge} shows. */
export interface StatusBadge {
  /** Which part it is about ("Softphone"). */
  subject: string;
  glyph: IconName;
  label: StatusLabel;
  /** Its name to tests. */
  hook: string;
  status: string;
  cluster?: string;
}

/** A part's state as an icon and a word; wants the styles of `status_badge_styles.ts`. */
export function statusBadge(badge: StatusBadge): TemplateResult {
  const { subject, glyph, label, hook, status, cluster } = badge;
  return html`
    <span
      class="badge ${label.tone}"
      title="${subject}: ${label.text}"
      data-testid=${hook}
      data-status=${status}
      data-cluster=${cluster ?? "none"}
    >${icon(glyph, 16)}<span class="said">${subject}: </span><span class="word">${label
      .text}</span></span>
  `;
}
