import { css, html, LitElement, nothing } from "lit";
import type { OfferView } from "../../../protocol/agent_session/agent_view.ts";
import { callbackText } from "../format/callback_text.ts";
import { channelLabel } from "../format/channel_label.ts";
import { contactLabel } from "../state/contact_label.ts";
import { baseStyles } from "./base_styles.ts";
import "./countdown_ring.ts";
import { icon } from "./icon.ts";
import "./live_timer.ts";
import { say } from "./say.ts";

const VIRTUAL = { callback: "Call back", outbound: "Call to make", voicemail: "Message left" };

/** `<offer-card>`: an interaction to accept or decline before its time is up. */
export class OfferCard extends LitElement {
  static override properties = { offer: { attribute: false }, busy: { type: Boolean } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      section {
        padding: 16px;
        border: 1px solid var(--good-line);
        border-radius: 14px;
        background: var(--offer);
        box-shadow: var(--shadow-large);
        animation: arrive 0.22s ease-out;
      }
      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(-8px);
        }
      }
      .top {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .who {
        flex: 1;
        min-width: 0;
      }
      .kind {
        display: flex;
        align-items: center;
        gap: 6px;
        color: var(--good-text);
        font-size: 13px;
        font-weight: 600;
      }
      h2 {
        margin: 2px 0;
        overflow-wrap: anywhere;
        font-size: 18px;
        line-height: 1.25;
        letter-spacing: -0.01em;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        color: var(--muted);
        font-size: 14px;
      }
      .facts > span {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      .does {
        display: grid;
        grid-template-columns: 1fr 2fr;
        gap: 8px;
        margin-top: 14px;
      }
      .does button:only-child {
        grid-column: 1 / -1;
      }
    `,
  ];
  declare offer: OfferView;
  declare busy: boolean;

  /** Puts the focus on the card, so that Tab leads to its buttons. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("section")?.focus();
  }

  override render() {
    const { offer } = this;
    const voice = offer.channel === "voice";
    return html`
      <section
        tabindex="-1"
        aria-labelledby="kind contact"
        data-testid="offer"
        data-interaction-id=${offer.interactionId}
        data-channel=${offer.channel}
      >
        <div class="top">
          <div class="who">
            <p class="kind" id="kind">
              ${icon(voice ? "phone" : "chat", 16)} ${offer.virtual
                ? VIRTUAL[offer.virtual]
                : voice
                ? "Incoming call"
                : `New ${channelLabel(offer.channel)} conversation`}
            </p>
            <h2 id="contact" class="numeric" data-testid="offer-contact" data-contact=${offer
              .contact}>
              ${contactLabel(offer)}
            </h2>
            <p class="facts">
              <span
                data-testid="offer-queue">${icon(
                  "inbox",
                  16,
                )}<span class="said">Queue:</span>${offer.queue.name}</span>
              <span
                data-testid="offer-wait">${icon("clock", 16)}<span>Waiting <live-timer .from=${offer
                  .queuedAt}></live-timer></span></span>
            </p>
            ${offer.callback
              ? html`<p class="facts" data-testid="offer-callback">${
                callbackText(offer.callback)
              }</p>`
              : nothing}
          </div>
          <countdown-ring .from=${offer.offeredAt} .until=${offer.expiresAt}></countdown-ring>
        </div>
        <div class="does">
          ${offer.declinable
            ? html`
              <button
                class="button"
                data-testid="decline"
                aria-keyshortcuts="Alt+R"
                aria-describedby="contact"
                title="Decline (Alt+R)"
                ?disabled=${this.busy}
                @click=${() => say(this, { type: "decline", offerId: offer.offerId })}
              >Decline</button>
            `
            : nothing}
          <button
            class="button good"
            data-testid="accept"
            aria-keyshortcuts="Alt+A"
            aria-describedby="contact"
            title="Accept (Alt+A)"
            ?disabled=${this.busy}
            @click=${() => say(this, { type: "accept", offerId: offer.offerId })}
          >${icon(voice ? "phone" : "check")} Accept</button>
        </div>
      </section>
    `;
  }
}

customElements.define("offer-card", OfferCard);
