import { css } from "lit";

/** How the workspace is laid out: two columns, or one of them at a time on a narrow screen. */
export const workspaceStyles = css`
  .starting {
    display: grid;
    place-items: center;
    min-height: 100dvh;
    color: var(--muted);
  }
  .workspace {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: 340px minmax(0, 1fr);
    height: 100dvh;
    background: var(--backdrop);
  }
  .top {
    grid-column: 1 / -1;
  }
  nav {
    overflow: auto;
    border-right: 1px solid var(--line);
    background: var(--surface);
  }
  .offers {
    position: sticky;
    top: 0;
    z-index: 2;
    display: grid;
    gap: 12px;
    padding: 12px;
    background: var(--surface);
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
    min-width: 0;
  }
  @media (max-width: 1100px) {
    .workspace {
      grid-template-columns: 300px minmax(0, 1fr);
    }
  }
  @media (max-width: 720px) {
    .workspace {
      grid-template-columns: minmax(0, 1fr);
    }
    nav {
      border-right: 0;
    }
    .workspace[data-view="inbox"] {
      grid-template-rows: auto auto minmax(0, 1fr);
    }
    .workspace[data-view="inbox"] nav {
      max-height: 70dvh;
    }
    .workspace[data-view="interaction"] nav {
      display: contents;
    }
    .workspace[data-view="interaction"] inbox-list {
      display: none;
    }
    .workspace[data-view="interaction"] .offers {
      position: fixed;
      inset: auto 0 0;
      top: auto;
      z-index: 10;
      border-top: 1px solid var(--line);
      box-shadow: var(--shadow-large);
    }
  }
`;
