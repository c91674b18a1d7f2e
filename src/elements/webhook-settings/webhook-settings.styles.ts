import { css } from 'lit';

export const settingsStyles = css`
  :host {
    display: block;
  }
  .base {
    container-type: inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_webhook-unit) * 4);
    font-size: var(--webhook-font-size, 1em);
  }
  .toolbar,
  .foot,
  .buttons,
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_webhook-unit) * 2);
  }
  .toolbar,
  .foot {
    justify-content: space-between;
  }
  .toolbar {
    min-height: 2.25em;
  }
  .filters {
    min-height: 2.25em;
  }
  .foot,
  .muted {
    font-size: 0.8125em;
  }
  .muted,
  .method {
    color: var(--_webhook-muted);
  }
  h2 {
    font-size: 1.25em;
    font-weight: 600;
  }
  .card {
    border: 1px solid var(--_webhook-border);
    border-radius: min(var(--_webhook-radius) * 1.5, 1rem);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    overflow: clip;
  }
  .panel {
    display: grid;
    justify-items: center;
    gap: calc(var(--_webhook-unit) * 2);
    padding: calc(var(--_webhook-unit) * 12) calc(var(--_webhook-unit) * 6);
    text-align: center;
  }
  .panel > .icon {
    width: 2rem;
    height: 2rem;
    color: var(--_webhook-muted);
  }
  .panel p {
    max-width: 30em;
    color: var(--_webhook-muted);
    font-size: 0.875em;
  }
  .panel button {
    margin-block-start: calc(var(--_webhook-unit) * 2);
  }
  .row {
    --_webhook-columns: minmax(0, 1.4fr) minmax(0, 1.2fr) minmax(0, 1.4fr) minmax(0, 0.9fr);
    display: grid;
    grid-template-columns: var(--_webhook-columns);
    gap: calc(var(--_webhook-unit) * 1) calc(var(--_webhook-unit) * 4);
    align-items: start;
    padding: calc(var(--_webhook-unit) * 3) calc(var(--_webhook-unit) * 4);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  .selectable .row {
    grid-template-columns: 24px var(--_webhook-columns) 24px;
  }
  .row ~ .row,
  .rows {
    border-block-start: 1px solid var(--_webhook-border);
  }
  .even .rows .row {
    height: 3.7143em;
    padding-block: 0;
    align-content: safe center;
    grid-auto-rows: max-content;
    overflow: hidden;
  }
  .check {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
  }
  .check input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--_webhook-accent);
  }
  .menu-button {
    padding: 0;
    width: 2.5714em;
  }
  .menu-cell button {
    width: 24px;
    min-height: 24px;
  }
  .plain {
    border-color: transparent;
    background: none;
  }
  .head {
    padding-block: calc(var(--_webhook-unit) * 2);
    background: var(--_webhook-subtle);
    color: var(--_webhook-muted);
    font-size: 0.75em;
    font-weight: 500;
  }
  .openable {
    cursor: pointer;
  }
  .name {
    font-weight: 600;
  }
  .link {
    display: inline;
    font-size: 1em;
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none !important;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .off :not(.title, .title *) {
    color: var(--_webhook-muted);
  }
  .method {
    font-size: 0.8571em;
    font-weight: 600;
  }
  .code {
    font-family: var(--webhook-code-font-family, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
    font-size: 0.9286em;
  }
  summary {
    min-height: 24px;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .broken .icon {
    color: var(--_webhook-danger);
  }
  .wide {
    grid-column: 2 / -1;
    color: var(--_webhook-danger);
  }
  .bones {
    min-height: 48px;
  }
  .bones i {
    height: 0.75em;
    width: 70%;
    background: var(--_webhook-border);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
  @container (width < 40em) {
    .head {
      /* Still there for assistive technology: the cells are named by it. */
      position: absolute;
      clip-path: inset(50%);
      height: 1px;
      overflow: hidden;
    }
    .row {
      --_webhook-columns: minmax(0, 1fr);
    }
    .even .rows .row {
      height: 12em;
    }
    .selectable .row > * {
      grid-column: 2;
    }
    .selectable .row > :first-child {
      grid-area: 1 / 1;
    }
    .selectable .row > .menu-cell {
      grid-area: 1 / 3;
    }
  }
`;
