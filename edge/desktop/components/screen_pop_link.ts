import { css, html, LitElement, nothing } from "lit";
import { popLink } from "../format/pop_link.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";

/** `<screen-pop-link>`: the page that a flow shows the agent, opened in a tab of its own. */
export class ScreenPopLink extends LitElement {
  static override properties = { pop: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      a {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 2px 12px;
        padding: 12px 14px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--accent-soft);
        color: var(--text);
        text-decoration: none;
      }
      a:hover {
        border-color: var(--accent);
      }
      b,
      span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      b {
        color: var(--accent-strong);
        font-size: 15px;
      }
      span {
        grid-row: 2;
        color: var(--muted);
        font-size: 13px;
      }
      svg {
        grid-row: 1 / span 2;
        grid-column: 2;
        color: var(--accent-strong);
      }
    `,
  ];
  declare pop: { url: string; title: string } | null;

  override render() {
    const link = popLink(this.pop);
    if (!link) return nothing;
    return html`
      <a
        href=${link.href}
        target="_blank"
        rel="noopener noreferrer"
        referrerpolicy="no-referrer"
        data-testid="screen-pop"
      >
        <b>${link.title}</b>
        <span>${link.host}<i class="said">, opens in a new tab</i></span>
        ${icon("open", 20)}
      </a>
    `;
  }
}

customElements.define("screen-pop-link", ScreenPopLink);
