import { css } from 'lit';

export const toolStyles = css`
  .list:focus {
    outline-offset: -2px;
  }
  details > .code {
    display: block;
    color: var(--_webhook-muted);
  }
  .openable {
    transition: background-color 0.12s;
  }
  .openable:hover {
    background: var(--_webhook-subtle);
  }
  .link:hover,
  .openable:hover .link {
    text-decoration: underline;
  }
  summary:hover .code {
    text-decoration: underline dotted;
  }
  .row[aria-busy] {
    opacity: 0.6;
  }
  input[type='search'],
  select {
    min-height: 2.5714em;
    max-width: 100%;
    padding: 0 calc(var(--_webhook-unit) * 2);
    border: 1px solid var(--_webhook-control-border);
    border-radius: var(--_webhook-radius);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    font-size: 0.875em;
  }
  input[type='search'] {
    flex: 1 1 11em;
    min-width: 0;
  }
  select {
    flex: 0 1 auto;
    min-width: 0;
    max-width: 12em;
    text-overflow: ellipsis;
  }
  .even [role='cell'],
  .even [role='cell'] > *,
  .even summary {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .even :focus-visible {
    /* Its cell would cut off what is outside of it. */
    outline-offset: -2px;
  }
  .rows > .row {
    position: relative;
  }
  .row > .health {
    position: absolute;
    inset-block-end: calc(var(--_webhook-unit) * 1);
    inset-inline-end: calc(var(--_webhook-unit) * 4);
    line-height: 0;
  }
  .health i {
    display: inline-block;
    width: 3px;
    height: 10px;
    margin-inline-start: 1px;
    background: var(--_webhook-accent);
    forced-color-adjust: none;
  }
  .health .failed {
    height: 4px;
    background: var(--_webhook-danger);
  }
  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    min-width: min(11em, 100vw - 16px);
    font-size: var(--webhook-font-size, 1em);
    max-width: calc(100vw - 16px);
    padding: var(--_webhook-unit);
    border: 1px solid var(--_webhook-border);
    border-radius: min(var(--_webhook-radius) * 1.5, 1rem);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.18);
  }
  .menu button {
    display: flex;
    justify-content: start;
    width: 100%;
    border-color: transparent;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  .menu button:is(:hover, :focus-visible) {
    background: var(--_webhook-subtle);
  }
  .danger:not(.primary) {
    color: var(--_webhook-danger);
  }
  .primary.danger {
    --_webhook-accent: var(--_webhook-danger);
    --_webhook-on-accent: var(--_webhook-surface);
  }
  .confirm ul {
    max-height: 12em;
    overflow-y: auto;
  }
  dialog ul {
    padding-inline-start: 1.25em;
  }
  progress {
    width: 100%;
    accent-color: var(--_webhook-accent);
  }
  .import .dialog-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: calc(var(--_webhook-unit) * 3);
    min-height: 10rem;
    font-size: 0.875em;
  }
  .import input {
    min-width: 0;
    min-height: 2em;
  }
  .candidates {
    padding: 0 !important;
    list-style: none;
  }
  .candidates li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: calc(var(--_webhook-unit) * 2) calc(var(--_webhook-unit) * 4);
    padding-block: calc(var(--_webhook-unit) * 2);
    border-block-start: 1px solid var(--_webhook-border);
    overflow-wrap: anywhere;
  }
  .problem {
    color: var(--_webhook-danger);
  }
  .calm {
    border-color: var(--_webhook-border);
    background: var(--_webhook-subtle);
  }
  @container (width < 40em) {
    .head input {
      /* The header is there for assistive technology alone: nothing in it may get the focus unseen. */
      display: none;
    }
    .wide {
      grid-column: 1;
    }
    .filters > select {
      flex: 1 1 8em;
      max-width: none;
    }
    input[type='search'] {
      flex-basis: 100%;
    }
  }
`;
