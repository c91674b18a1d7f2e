import { css } from 'lit';

export const toolStyles = css`
  .list:focus {
    outline-offset: -2px;
  }
  .openable {
    transition: background-color 0.12s;
  }
  .openable:hover {
    background: var(--_webhook-subtle);
  }
  .rows > .row:has(.check :checked) {
    background: color-mix(in srgb, var(--_webhook-accent) 9%, var(--_webhook-surface));
  }
  .link:hover,
  .openable:hover .name {
    text-decoration: underline;
  }
  .filters {
    justify-content: start;
  }
  input[type='search'],
  select {
    min-height: var(--_webhook-height);
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
  }
  /* What is cut is there in full where the row opens. */
  .even .openable > :not(.wide),
  .even .openable > :not(.wide) > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .even .openable .title {
    flex-wrap: nowrap;
  }
  .even .badge {
    flex: none;
  }
  .even .openable div > div[dir='auto'] {
    display: inline;
  }
  .even .openable div > div[dir='auto']::before {
    content: '\\2c\\a0';
  }
  .even .openable .url {
    white-space: normal;
  }
  .even :focus-visible {
    /* Its cell would cut off what is outside of it. */
    outline-offset: -2px;
  }
  .rows > .row {
    position: relative;
  }
  .row > .health {
    grid-area: 1 / -2;
  }
  .selectable .row > .health {
    grid-area: 1 / -3;
  }
  .health i {
    display: inline-block;
    height: 10px;
    margin-inline-start: 1px;
    /* A border, as forced colours keep one. */
    border-inline-start: 3px solid var(--_webhook-success);
  }
  .health .failed {
    height: 4px;
    border-color: var(--_webhook-danger);
  }
  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    min-width: min(11em, 100% - 16px);
    max-width: calc(100% - 16px);
    padding: var(--_webhook-unit);
    border: 1px solid var(--_webhook-border);
    border-radius: min(var(--_webhook-radius) * 1.5, 1rem);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    box-shadow: 0 8px 24px rgb(0 0 0 / 0.18);
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
    list-style: disc;
  }
  progress {
    width: 100%;
  }
  .import .dialog-body {
    gap: calc(var(--_webhook-unit) * 3);
    min-height: 10em;
  }
  /* As wide as its button and a name. */
  input[type='file'] {
    max-width: 100%;
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
    /* There may be thousands. */
    content-visibility: auto;
    contain-intrinsic-size: auto 3.5em;
  }
  .problem {
    color: var(--_webhook-danger);
  }
  .calm {
    border-color: var(--_webhook-border);
    background: var(--_webhook-subtle);
  }
  @container (width < 52em) {
    .filters > select {
      flex: 1 1 8em;
      max-width: none;
    }
    input[type='search'] {
      flex-basis: 100%;
    }
  }
  @container (width < 40em) {
    .row > .health {
      grid-area: auto;
    }
    .selectable .row > .health {
      grid-area: auto / 2;
    }
    .filters > select {
      flex-basis: max(8em, 40%);
    }
  }
`;
