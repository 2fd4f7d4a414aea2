import { css, html, LitElement } from "lit";
import type { DesktopState } from "../state/desktop_state.ts";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

/** What stands in the middle while there is nothing to do, and what to do about it. */
export class EmptyState extends LitElement {
  static override properties = { state: { attribute: false } };
  declare state: DesktopState;

  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        place-items: center;
        height: 100%;
        padding: 40px 24px;
      }
      div {
        display: grid;
        justify-items: center;
        gap: 10px;
        text-align: center;
        max-width: 380px;
      }
      span {
        width: 72px;
        height: 72px;
        border-radius: 24px;
        display: grid;
        place-items: center;
        background: var(--accent-soft);
        color: var(--accent);
        margin-bottom: 8px;
      }
      svg {
        width: 32px;
        height: 32px;
      }
      h1 {
        font-size: 20px;
      }
    `,
  ];

  override render() {
    const [title, text] = this.#words();
    return html`<div><span>${
      icon("headset")
    }</span><h1>${title}</h1><p class="muted">${text}</p></div>`;
  }

  #words(): [string, string] {
    const { agent, softphone } = this.state;
    if (!agent) return ["One moment", "Your desktop is being set up."];
    if (agent.state === "rona") {
      return ["You missed an offer", "Go available when you are back at your desk."];
    }
    if (agent.state !== "available") {
      return ["You are idle", "Go available to be offered calls and conversations."];
    }
    if (softphone !== "ready") {
      return ["Waiting for conversations", "Calls come once your phone is ready."];
    }
    return ["You are available", "The next call or conversation will ring here."];
  }
}
customElements.define("empty-state", EmptyState);
