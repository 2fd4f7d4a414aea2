import { css, html, LitElement } from "lit";
import type { OfferView } from "../../../protocol/agent_session/agent_view.ts";
import type { DesktopController } from "../desktop_controller.ts";
import { contactLabel } from "../format/contact_label.ts";
import { duration } from "../format/duration.ts";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

/** An offer: who it is, from which queue, after how long; accept or decline before time is up. */
export class OfferCard extends LitElement {
  static override properties = {
    controller: { attribute: false },
    offer: { attribute: false },
    now: { attribute: false },
  };
  declare controller: DesktopController;
  declare offer: OfferView;
  declare now: number;

  static override styles = [
    controls,
    css`
      section {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 4px 16px;
        align-items: center;
        padding: 18px 20px;
        border-radius: 16px;
        background: var(--surface);
        border: 2px solid var(--accent);
        box-shadow: var(--shadow);
        animation: rise 0.25s ease-out;
      }
      @keyframes rise {
        from {
          transform: translateY(-8px);
          opacity: 0;
        }
      }
      .ring {
        position: relative;
        width: 56px;
        height: 56px;
        color: var(--accent);
      }
      .ring .track {
        width: 56px;
        height: 56px;
        transform: rotate(-90deg);
      }
      .ring .mark {
        position: absolute;
        inset: 19px;
      }
      h2 {
        font-size: 20px;
        line-height: 1.25;
        overflow-wrap: anywhere;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        font-size: 14px;
      }
      .actions {
        display: flex;
        gap: 10px;
      }
      .actions button {
        min-height: 46px;
        min-width: 112px;
      }
      @media (max-width: 720px) {
        section {
          grid-template-columns: auto 1fr;
        }
        .actions {
          grid-column: 1 / -1;
          margin-top: 12px;
        }
        .actions button {
          flex: 1;
        }
      }
    `,
  ];

  override firstUpdated(): void {
    // A ringing offer is what matters now, but must not take the words from somebody who types.
    const typing = this.getRootNode() instanceof ShadowRoot &&
      (this.getRootNode() as ShadowRoot).activeElement !== null;
    if (!typing) this.renderRoot.querySelector<HTMLElement>("[data-testid=accept]")?.focus();
  }

  override render() {
    const { offer, now } = this;
    const whole = Math.max(1, offer.expiresAt - offer.offeredAt);
    const left = Math.min(1, Math.max(0, (offer.expiresAt - now) / whole));
    const call = offer.channel === "voice";
    const title = offer.contactName ?? contactLabel(offer.contact);
    return html`
      <section data-testid="offer" data-interaction-id=${offer.interactionId}
        aria-label=${`${call ? "Call" : "Message"} from ${title}`}>
        <div class="ring" aria-hidden="true">
          <svg class="track" viewBox="0 0 56 56" fill="none" stroke-width="4">
            <circle cx="28" cy="28" r="25" stroke="var(--accent-soft)" />
            <circle cx="28" cy="28" r="25" stroke="currentColor" stroke-linecap="round"
              pathLength="100" stroke-dasharray="100" stroke-dashoffset=${100 - left * 100} />
          </svg>
          <span class="mark">${icon(call ? "phone" : "message")}</span>
        </div>
        <div>
          <p class="muted">${call ? "Incoming call" : "New conversation"}</p>
          <h2 data-testid="offer-contact">${title}</h2>
          <p class="facts muted">
            <span data-testid="offer-queue">${offer.queue.name}</span>
            <span class="numbers" data-testid="offer-wait">waiting ${duration(
              now - offer.queuedAt,
            )}</span>
            <span class="numbers">${Math.ceil((offer.expiresAt - now) / 1000)} s left</span>
          </p>
        </div>
        <div class="actions">
          <button class="good" data-testid="accept" @click=${() => this.#answer("offer.accept")}>
            ${icon(call ? "phone" : "check")}Accept
          </button>
          <button data-testid="decline" @click=${() => this.#answer("offer.decline")}>
            ${icon("close")}Decline
          </button>
        </div>
      </section>
    `;
  }

  #answer(type: "offer.accept" | "offer.decline"): void {
    this.controller.ask({ type, offerId: this.offer.offerId });
  }
}
customElements.define("offer-card", OfferCard);
