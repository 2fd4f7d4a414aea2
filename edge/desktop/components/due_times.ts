import { css, html, LitElement, nothing } from "lit";
import type { AssignmentView } from "../../../protocol/agent_session/agent_view.ts";
import { dueTimes } from "../state/due_times.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import { say } from "./say.ts";
import { Ticker } from "./ticker.ts";

/** `<due-times>`: what is due in a conversation and in how long, the next first. */
export class DueTimes extends LitElement {
  static override properties = { assignment: { attribute: false }, busy: { type: Boolean } };
  static override styles = [
    baseStyles,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 20px;
        padding: 8px 24px;
        border-bottom: 1px solid var(--line);
        background: var(--surface);
        font-size: 14px;
      }
      li {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--muted);
      }
      li.soon {
        color: var(--warn-text);
        font-weight: 600;
      }
      li.late {
        color: var(--bad-text);
        font-weight: 600;
      }
      @media (max-width: 720px) {
        ul {
          padding: 6px 12px;
        }
      }
    `,
  ];
  declare assignment: AssignmentView;
  declare busy: boolean;

  constructor() {
    super();
    new Ticker(this);
  }

  override render() {
    const { interactionId, state } = this.assignment;
    const due = state === "wrap-up" ? [] : dueTimes(this.assignment, Date.now());
    if (due.length === 0) return nothing;
    return html`
      <ul aria-label="Due" data-testid="due-times">
        ${due.map(({ kind, text, urgency }) =>
          html`
            <li class=${urgency} data-testid="due-${kind}">
              ${icon(
                urgency === "late" ? "alert" : "clock",
                16,
              )}<span class="numeric">${text}</span>
              ${kind === "contact-idle"
                ? html`
                  <button
                    class="button small"
                    data-testid="extend"
                    ?disabled=${this.busy}
                    @click=${() => say(this, { type: "extend-contact-idle", interactionId })}
                  >More time</button>
                `
                : nothing}
            </li>
          `
        )}
      </ul>
    `;
  }
}

customElements.define("due-times", DueTimes);
