import { css } from 'lit';

/** What both elements have no need of before someone touches them, and the frame of every dialog. */
export const dialogStyles = css`
  :host {
    --_webhook-focus: var(--webhook-focus-color, light-dark(#0969da, #4493f8));
    --_webhook-success: var(--webhook-success-color, light-dark(#1a7f37, #3fb950));
  }
  h3,
  ul,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  select,
  textarea {
    font: inherit;
  }
  ::placeholder {
    color: var(--_webhook-muted);
    opacity: 1;
  }
  select {
    /* WebKit takes the whole of a cut text into the width of the page. */
    contain: paint;
    text-overflow: ellipsis;
  }
  button {
    cursor: pointer;
    transition: background-color 0.12s;
  }
  button:not(.link):hover {
    background: var(--_webhook-subtle);
  }
  :focus-visible {
    outline: 2px solid var(--_webhook-focus);
    outline-offset: 2px;
  }
  :is(.bare, .link):is(:hover, :focus-visible) {
    border-radius: var(--webhook-button-radius, var(--_webhook-radius));
  }
  button.primary:hover {
    background: color-mix(in oklab, var(--_webhook-accent), #000 7%);
  }
  button[aria-disabled='true'] {
    opacity: 0.65;
    cursor: progress;
  }
  dialog {
    width: min(var(--webhook-dialog-width, 40em), 100% - 32px);
    max-width: none;
    /* From the top, so that what was pressed stays where it is when there is more to show. */
    margin-block: max(16px, 8dvh) 0;
    max-height: min(56em, 100dvh - 16px - max(16px, 8dvh));
    padding: 0;
    border: 1px solid var(--_webhook-border);
    border-radius: var(--webhook-dialog-radius, 12px);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    overflow-wrap: anywhere;
    box-shadow: 0 16px 48px rgb(0 0 0 / 0.25);
    overflow: hidden;
  }
  dialog dialog {
    font-size: 1em;
  }
  dialog::backdrop {
    background: rgb(20 24 30 / 0.5);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: appear 0.15s ease-out;
  }
  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 8px;
    }
  }
  form {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  header,
  footer {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex: none;
    padding: calc(var(--_webhook-unit) * 3) calc(var(--_webhook-unit) * 6);
  }
  header {
    padding-inline-end: calc(var(--_webhook-unit) * 3);
    border-block-end: 1px solid var(--_webhook-border);
  }
  footer {
    flex-direction: row-reverse;
    flex-wrap: wrap;
    gap: calc(var(--_webhook-unit) * 2);
    border-block-start: 1px solid var(--_webhook-border);
    background: var(--_webhook-subtle);
  }
  footer ::slotted(*) {
    flex: 1 1 12em;
    min-width: 0;
    color: var(--_webhook-muted);
    font-size: 0.8125em;
  }
  dialog h2 {
    font-size: 1.125em;
    font-weight: 600;
  }
  header button {
    padding: 0;
    width: var(--_webhook-height);
  }
  button.danger:not(.primary) {
    color: var(--_webhook-danger);
  }
  button.plain {
    border-color: transparent;
    background: none;
  }
  button.plain:hover {
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: calc(var(--_webhook-unit) * 2);
  }
  .dialog-body {
    flex: 1 1 auto;
    min-height: 0;
    padding: calc(var(--_webhook-unit) * 5) calc(var(--_webhook-unit) * 6);
    overflow-y: auto;
    overscroll-behavior: contain;
    transition: opacity 0.12s;
  }
  /* Of the text around them. */
  .stack :is(button, select),
  .notice button {
    font-size: 1em;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: calc(var(--_webhook-unit) * 4);
    font-size: 0.875em;
  }
  .calm {
    border-color: var(--_webhook-border);
    background: var(--_webhook-subtle);
  }
  .dialog-body[inert] {
    opacity: 0.6;
  }
  .confirm {
    width: min(26em, 100% - 32px);
    padding: calc(var(--_webhook-unit) * 6);
    gap: calc(var(--_webhook-unit) * 4);
    overflow-y: auto;
  }
  .confirm > * {
    flex: none;
  }
  .confirm > :is(div:not(.buttons), p, fieldset) {
    font-size: 0.875em;
  }
  @media (max-width: 30rem) {
    dialog:not(.confirm) {
      width: 100%;
      height: 100dvh;
      max-height: none;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
    form {
      flex: 1;
    }
    header,
    footer,
    .dialog-body {
      padding-inline: calc(var(--_webhook-unit) * 4);
    }
    header {
      padding-inline-end: calc(var(--_webhook-unit) * 2);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    /* Grounds and shadows are gone: what a theme has set apart by them alone has its edges back. */
    .badge,
    .card,
    .menu,
    .organization,
    dialog,
    input,
    select {
      border: 1px solid !important;
    }
    [aria-invalid='true'] {
      border-width: 3px !important;
    }
    :is(.plain, .menu button):not(.link) {
      border-color: Canvas;
    }
    button:is(:hover, .menu :focus-visible) {
      forced-color-adjust: none;
      border-color: Highlight !important;
      background: Highlight !important;
      color: HighlightText !important;
    }
    .rows > .selected {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
