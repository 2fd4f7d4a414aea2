import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Notice } from "../state/desktop_state.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import { say } from "./say.ts";

/** `<notice-stack>`: what was refused, until the agent puts it away. */
export class NoticeStack extends LitElement {
  static override properties = { notices: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      div {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 6px 12px 6px 20px;
        border-bottom: 1px solid var(--line);
        background: var(--bad-soft);
      }
      p {
        flex: 1;
        font-size: 14px;
      }
      div > svg {
        flex: none;
        color: var(--bad);
      }
      @media (max-width: 720px) {
        div {
          padding: 2px 2px 2px 14px;
        }
      }
    `,
  ];
  declare notices: Notice[];

  constructor() {
    super();
    this.notices = [];
  }

  override render() {
    return repeat(this.notices, ({ id }) => id, ({ id, text }) =>
      html`
        <div data-testid="notice">
          ${icon("alert")}
          <p>${text}</p>
          <button
            class="button quiet icon"
            aria-label="Dismiss: ${text}"
            @click=${() => say(this, { type: "dismiss-notice", id })}
          >${icon("close", 18)}</button>
        </div>
      `);
  }
}

customElements.define("notice-stack", NoticeStack);
