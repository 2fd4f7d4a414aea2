import { css, html, LitElement } from "lit";
import type { DesktopController } from "../desktop_controller.ts";
import { duration } from "../format/duration.ts";
import type { DesktopState } from "../state/desktop_state.ts";
import { controls } from "../styles/controls.ts";
import { icon } from "./icon.ts";

const STATES = {
  "signed-out": ["Signed out", ""],
  idle: ["Idle", "warn"],
  available: ["Available", "good"],
  rona: ["Not answering", "bad"],
} as const;

const SOFTPHONES = {
  off: ["Phone off", ""],
  connecting: ["Phone connecting", "warn"],
  ready: ["Phone ready", "good"],
  "in-call": ["In a call", "accent"],
  "microphone-refused": ["Microphone refused", "bad"],
  "microphone-missing": ["No microphone", "bad"],
  lost: ["Phone reconnecting", "bad"],
} as const;

/** Who is signed in, in what state, and whether the lines stand. */
export class DesktopHeader extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    now: { attribute: false },
  };
  declare controller: DesktopController;
  declare state: DesktopState;
  declare now: number;

  static override styles = [
    controls,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 10px 16px;
        padding: 10px 20px;
        background: var(--surface);
        border-bottom: 1px solid var(--line);
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 10px;
        margin-inline-end: auto;
        min-width: 0;
      }
      .brand img {
        width: 32px;
        height: 32px;
      }
      .names {
        line-height: 1.25;
        min-width: 0;
      }
      .names strong {
        display: block;
      }
      .names span {
        font-size: 13px;
      }
      .state {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .chip {
        padding: 6px 12px;
      }
      button {
        min-height: 38px;
        padding: 0 14px;
      }
      button[aria-pressed="true"] {
        border-color: currentColor;
      }
      button.available[aria-pressed="true"] {
        background: var(--good-soft);
        color: var(--good);
      }
      button.idle[aria-pressed="true"] {
        background: var(--warn-soft);
        color: var(--warn);
      }
      select {
        width: auto;
        min-height: 38px;
        padding: 6px 10px;
      }
      .lines {
        display: flex;
        gap: 8px;
        flex-wrap: wrap;
      }
      .lines .now {
        display: none;
      }
      @media (max-width: 720px) {
        header {
          padding: 10px 12px;
          gap: 8px;
        }
        .brand {
          flex: 1;
        }
        .names span {
          display: none;
        }
        .exit span {
          display: none;
        }
        .exit {
          padding: 0 10px;
        }
        .lines {
          order: 2;
          width: 100%;
        }
        .state {
          order: 3;
          width: 100%;
          flex-wrap: wrap;
        }
        .state .chip {
          display: none;
        }
        .state button,
        .state label {
          flex: 1;
        }
        .state select {
          width: 100%;
        }
        .lines .now {
          display: inline-flex;
        }
      }
    `,
  ];

  override render() {
    const { agent, person, softphone, connection, clusterReachable, idleCodes } = this.state;
    const [label, tone] = STATES[agent?.state ?? "signed-out"];
    const [phone, phoneTone] = SOFTPHONES[softphone];
    const line = connection !== "connected"
      ? ["Reconnecting", "bad"]
      : clusterReachable
      ? ["Online", "good"]
      : ["Cluster not reachable", "warn"];
    const idleName = idleCodes.find((code) => code.id === agent?.idleCode)?.name;
    return html`
      <header>
        <div class="brand">
          <img src="/icon.svg" alt="">
          <div class="names">
            <strong>${person?.name}</strong>
            <span class="muted">${person?.tenantName}</span>
          </div>
        </div>
        <div class="state" role="group" aria-label="Your state">
          <span class="chip ${tone}" data-testid="agent-state" data-state=${agent?.state ?? ""}>
            <span class="dot"></span>${idleName ?? label}
            <span class="numbers">${agent ? duration(this.now - agent.since) : ""}</span>
          </span>
          <button class="available" data-testid="state-available"
            aria-pressed=${agent?.state === "available"}
            @click=${() => this.controller.ask({ type: "agent.set-state", state: "available" })}>
            ${agent?.state === "rona" ? "Go available" : "Available"}
          </button>
          <button class="idle" data-testid="state-idle" aria-pressed=${agent?.state === "idle"}
            @click=${() => this.#idle(null)}>Idle</button>
          <label>
            <span class="hidden">Reason for being idle</span>
            <select @change=${this.#choose}>
              <option value="">Reason…</option>
              ${idleCodes.map((code) =>
                html`<option value=${code.id} ?selected=${
                  code.id === agent?.idleCode
                }>${code.name}</option>`
              )}
            </select>
          </label>
        </div>
        <div class="lines" role="status">
          <span class="chip now ${tone}" aria-hidden="true">
            <span class="dot"></span>${idleName ?? label}
          </span>
          <span class="chip ${phoneTone}" data-testid="softphone-state" data-state=${softphone}>
            ${icon("headset")}${phone}
          </span>
          <span class="chip ${line[1]}" data-testid="connection" data-state=${connection}>
            <span class="dot"></span>${line[0]}
          </span>
        </div>
        <button class="exit" data-testid="sign-out" aria-label="Sign out"
          @click=${() => this.controller.signOut()}>
          ${icon("exit")}<span>Sign out</span>
        </button>
      </header>
    `;
  }

  #choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    if (value) this.#idle(value);
  }

  #idle(idleCode: string | null): void {
    this.controller.ask({ type: "agent.set-state-idle", idleCode });
  }
}
customElements.define("desktop-header", DesktopHeader);
