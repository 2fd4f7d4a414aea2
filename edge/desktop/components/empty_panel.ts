import { css, html, LitElement, nothing } from "lit";
import type { DesktopState } from "../state/desktop_state.ts";
import { baseStyles } from "./base_styles.ts";
import { icon, type IconName } from "./icon.ts";
import { say } from "./say.ts";

/** `<empty-panel>`: nothing is selected; says what happens next and what to do. */
export class EmptyPanel extends LitElement {
  static override properties = { desktop: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        place-items: center;
        padding: 32px 24px;
      }
      div {
        max-width: 400px;
        text-align: center;
      }
      span {
        display: inline-grid;
        place-items: center;
        width: 72px;
        height: 72px;
        margin-bottom: 16px;
        border-radius: 50%;
        background: var(--chip);
        color: var(--accent);
      }
      h1 {
        font-size: 20px;
        letter-spacing: -0.01em;
      }
      p {
        margin: 6px 0 18px;
        color: var(--muted);
      }
    `,
  ];
  declare desktop: DesktopState;

  override render() {
    const { glyph, title, text, go } = this.#words();
    return html`<div>
      <span>${icon(glyph, 32)}</span>
      <h1 tabindex="-1">${title}</h1>
      <p>${text}</p>
      ${
      go
        ? html`
          <button
            class="button good"
            ?disabled=${Boolean(this.desktop.busy.agent)}
            @click=${() => say(this, { type: "go-available" })}
          >Go available</button>
        `
        : nothing
    }
    </div>`;
  }

  #words(): { glyph: IconName; title: string; text: string; go: boolean } {
    const { known, agent, offers, assignments, softphone } = this.desktop;
    if (!known) {
      return { glyph: "clock", title: "Getting things ready…", text: "One moment.", go: false };
    }
    if (assignments.length > 0) {
      const text = "Choose a call or conversation from the list.";
      return { glyph: "inbox", title: "Nothing is selected", text, go: false };
    }
    if (offers.length > 0) {
      const text = "Accept it before its time is up: with the button, or with Alt+A.";
      return { glyph: "bell", title: "Someone is waiting for you", text, go: false };
    }
    if (agent?.state === "available") {
      const text = softphone.status === "ready" || softphone.status === "in-call"
        ? "The next call or message is offered to you here."
        : "Messages are offered to you here; calls only once your softphone is ready.";
      return { glyph: "headset", title: "You are available", text, go: false };
    }
    if (agent?.state === "rona") {
      const text = "Go available when you are back.";
      return { glyph: "alert", title: "You missed an offer", text, go: false };
    }
    const title = agent?.state === "signed-out" ? "You are not at work yet" : "You are idle";
    const text = "Nothing is offered to you until you go available.";
    return { glyph: "pause", title, text, go: true };
  }
}

customElements.define("empty-panel", EmptyPanel);
