import { css } from "lit";

/** How badges look; on narrower screens their words are for screen readers only. */
export const statusBadgeStyles = css`
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 30px;
    padding: 0 10px;
    border-radius: 999px;
    background: var(--chip);
    font-size: 13px;
    font-weight: 600;
    white-space: nowrap;
  }
  .badge svg {
    flex: none;
  }
  .badge.good svg {
    color: var(--good);
  }
  .badge.busy {
    background: var(--good-soft);
    color: var(--good-text);
  }
  .badge.warn {
    background: var(--warn-soft);
    color: var(--warn-text);
  }
  .badge.bad {
    background: var(--bad-soft);
    color: var(--bad-text);
  }
  .badge.off {
    color: var(--muted);
  }
  @media (max-width: 1100px) {
    .badge {
      padding: 0 8px;
    }
    .badge .word {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`;
