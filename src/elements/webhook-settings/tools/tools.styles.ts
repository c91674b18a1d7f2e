import { css } from 'lit';

export const toolStyles = css`
  .list:focus {
    outline-offset: -2px;
  }
  .openable {
    cursor: pointer;
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
  .filters,
  .filters > .buttons {
    align-content: start;
    justify-content: start;
  }
  /* What one does with the rows that are selected stays with them, on a ground of its own that takes no room. */
  @media (min-height: 24em) {
    .filters:has([role='group']) {
      position: sticky;
      inset-block-start: var(--_webhook-unit);
      z-index: 2;
      border-radius: var(--_webhook-radius);
      background: var(--_webhook-surface);
      box-shadow:
        0 0 0 var(--_webhook-unit) var(--_webhook-surface),
        0 0 0 calc(var(--_webhook-unit) + 1px) var(--_webhook-border);
    }
    /* What gets the focus is not below it. */
    .filters:has([role='group']) ~ .list :is(button, input) {
      scroll-margin-block-start: 6em;
    }
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
    max-width: 16em;
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
  .list:not(.with-health) .health {
    display: none;
  }
  .health > span {
    display: block;
  }
  .health i {
    display: inline-block;
    /* Whole pixels, as a border has them: nothing shows between two. */
    width: calc(round(down, 0.3em, 1px) + 1px);
    height: 0.9em;
    margin-inline-end: 2px;
    /* Borders, as forced colours keep them. */
    border: 1px solid var(--_webhook-success);
    border-inline-start-width: 0.3em;
  }
  .health .failed {
    border-color: var(--_webhook-danger);
    border-inline-start-width: 1px;
  }
  .list {
    position: relative;
  }
  /* Not for what is there at once. */
  .list[aria-busy='true']::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    z-index: 1;
    width: 30%;
    border-top: 2px solid var(--_webhook-accent);
    animation: pass 1.2s 0.3s infinite backwards;
  }
  @keyframes pass {
    from {
      translate: -100%;
    }
    to {
      translate: 340%;
    }
  }
  .rows > [aria-busy='true'] > :not(.wide) {
    opacity: 0.6;
  }
  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    max-height: calc(100dvh - 8px);
    overflow-y: auto;
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
    /* Dark enough for white, whatever a page has set. */
    --_webhook-accent: oklch(from var(--_webhook-danger) min(l, 0.54) c h);
    --_webhook-on-accent: #fff;
  }
  /* Its place stays: a second click of a double click hits nothing else. */
  .gone {
    visibility: hidden;
  }
  .confirm > :is(div, p) {
    font-size: 0.875em;
  }
  .confirm ul {
    max-height: 12em;
    margin-block-end: calc(var(--_webhook-unit) * 3);
    overflow-y: auto;
  }
  dialog ul {
    padding-inline-start: 1.25em;
    list-style: disc;
  }
  progress {
    appearance: none;
    display: block;
    width: 100%;
    height: 0.5em;
    margin-block-end: var(--_webhook-unit);
    border: 0;
    border-radius: 1em;
    background: var(--_webhook-border);
    overflow: hidden;
  }
  /* A rule for both would hold in neither browser. */
  ::-webkit-progress-bar {
    background: none;
  }
  ::-webkit-progress-value {
    background: var(--_webhook-accent);
  }
  ::-moz-progress-bar {
    background: var(--_webhook-accent);
  }
  @media (forced-colors: active) {
    progress {
      appearance: auto;
    }
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
  ::file-selector-button {
    min-height: var(--_webhook-height);
    margin-inline-end: calc(var(--_webhook-unit) * 2);
    padding: 0 calc(var(--_webhook-unit) * 3);
    border: 1px solid var(--_webhook-control-border);
    border-radius: var(--webhook-button-radius, var(--_webhook-radius));
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    font: inherit;
    font-weight: 500;
  }
  .candidates {
    padding: 0 !important;
    list-style: none;
  }
  .candidates li {
    display: flex;
    /* What is short stands beside the name, what is long below it. */
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_webhook-unit) * 2) calc(var(--_webhook-unit) * 4);
    padding-block: calc(var(--_webhook-unit) * 2);
    border-block-start: 1px solid var(--_webhook-border);
    overflow-wrap: anywhere;
    /* There may be thousands. */
    content-visibility: auto;
    contain-intrinsic-size: auto 3.5em;
  }
  .candidates li > * {
    min-width: 0;
  }
  .candidates li > :first-child {
    flex: 1 1 10em;
  }
  .problem {
    color: var(--_webhook-danger);
  }
  .calm {
    border-color: var(--_webhook-border);
    background: var(--_webhook-subtle);
  }
  .row .wide.muted {
    color: var(--_webhook-muted);
  }
  .row .notice {
    padding: 0;
    border: 0;
    background: none;
    font-size: 1em;
    white-space: normal;
  }
  :is(.row, .confirm) .notice > div {
    flex-basis: 9em;
  }
  .row .notice button {
    min-height: var(--_webhook-target);
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
  @container (width < 48em) {
    .row > .health {
      grid-area: auto;
    }
    .selectable .row > .health {
      grid-area: auto / 2;
    }
    .health:not(:has(*)) {
      display: none;
    }
    .filters > select {
      flex-basis: max(8em, 40%);
    }
    /* What is left of the header: a box for all, which says so beside it. Its columns are those of the rows. */
    .head .check {
      grid-template-columns: var(--_webhook-target) 1fr;
      gap: calc(var(--_webhook-unit) * 4);
      width: auto;
      height: auto;
      min-height: var(--_webhook-target);
    }
    .head .check span {
      position: static;
      justify-self: start;
      width: auto;
      height: auto;
      clip-path: none;
      white-space: normal;
    }
  }
`;
