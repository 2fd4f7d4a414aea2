import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Banner } from "../state/banners.ts";
import { baseStyles } from "./base_styles.ts";
import { icon } from "./icon.ts";
import { say } from "./say.ts";

/** `<banner-list>`: what keeps the agent from working, and what to do about it. */
export class BannerList extends LitElement {
  static override properties = { banners: { attribute: false }, busy: { type: Boolean } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .banner {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 10px 20px;
        border-bottom: 1px solid var(--line);
        background: var(--info-soft);
        color: var(--text);
      }
      .error {
        background: var(--bad-soft);
      }
      .warning {
        background: var(--warn-soft);
      }
      .error svg {
        color: var(--bad);
      }
      .warning svg {
        color: var(--warn);
      }
      svg {
        flex: none;
      }
      p {
        flex: 1;
        font-size: 14px;
      }
      strong {
        margin-right: 2px;
      }
      @media (max-width: 720px) {
        .banner {
          flex-wrap: wrap;
          padding: 10px 14px;
        }
        p {
          flex-basis: 70%;
        }
        .button {
          margin-left: 32px;
        }
      }
    `,
  ];
  declare banners: Banner[];
  declare busy: boolean;

  constructor() {
    super();
    this.banners = [];
    this.busy = false;
  }

  override render() {
    return repeat(this.banners, ({ id }) => id, (banner) =>
      html`
        <div class="banner ${banner.tone}" data-testid="banner" data-banner=${banner.id}>
          ${icon(banner.tone === "info" ? "info" : "alert")}
          <p><strong>${banner.title}.</strong> ${banner.text}</p>
          ${banner.action ? this.#button(banner, banner.action) : nothing}
        </div>
      `);
  }

  #button(banner: Banner, { label, intent }: NonNullable<Banner["action"]>) {
    return html`
      <button
        class="button small ${banner.id === "rona" ? "good" : ""}"
        data-testid="banner-action-${banner.id}"
        ?disabled=${this.busy && banner.id === "rona"}
        @click=${() => say(this, intent)}
      >${label}</button>
    `;
  }
}

customElements.define("banner-list", BannerList);
