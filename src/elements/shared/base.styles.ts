import { css } from 'lit';

/** A target of 24 px at least, however dense (WCAG 2.5.8). No property: see {@link baseStyles}. */
export const target = css`max(24px, 1.5rem)`;

/**
 * The scale that both elements are drawn with. Public properties are read where a private one is set, with their
 * defaults, and never declared: a page may set them on any ancestor. In what each row of a list has they are read as
 * little as can be: when a modal opens, Chromium works out anew the style of each element that reads one.
 */
export const baseStyles = css`
  :host {
    --_webhook-accent: var(--webhook-accent-color, light-dark(#1a7f37, #238636));
    --_webhook-on-accent: var(--webhook-accent-text-color, #fff);
    --_webhook-text: var(--webhook-text-color, light-dark(#1f2328, #e6edf3));
    --_webhook-muted: var(--webhook-muted-color, light-dark(#59636e, #9aa4af));
    --_webhook-surface: var(--webhook-surface-color, light-dark(#fff, #0d1117));
    --_webhook-subtle: var(--webhook-subtle-color, light-dark(#f6f8fa, #161c24));
    --_webhook-border: var(--webhook-border-color, light-dark(#d1d9e0, #30373f));
    --_webhook-control-border: var(--webhook-control-border-color, light-dark(#818b95, #6b7580));
    --_webhook-danger: var(--webhook-danger-color, light-dark(#c9222d, #ff7b72));
    --_webhook-warning: var(--webhook-warning-color, light-dark(#8a5d00, #d8a12a));
    --_webhook-radius: var(--webhook-control-radius, 6px);
    --_webhook-unit: var(--webhook-density-unit, 4px);
    --_webhook-height: max(24px, 1.5em + var(--_webhook-unit) * 2.75);
  }
  :host([hidden]) {
    display: none !important;
  }
  /* A page's rules reach the host and are inherited from there. Its font and colours are meant to be, the rest is not. */
  :host > :not(add-webhook-modal) {
    font-family: var(--webhook-font-family, inherit);
    font-size: var(--webhook-font-size, 1em);
    line-height: 1.5;
    letter-spacing: normal;
    word-spacing: normal;
    word-break: normal;
    white-space: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    cursor: auto;
    accent-color: var(--_webhook-accent);
  }
  /* No pseudo-elements: for a rule that may have some, a browser works out two more styles for each element. */
  * {
    box-sizing: border-box;
  }
  h2,
  p {
    margin: 0;
  }
  ::slotted(*) {
    margin: 0;
  }
  .icon {
    flex: none;
    width: 1.1429em;
  }
  /* In a list of another direction a text begins where the others do. */
  .link,
  [dir='auto'] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :where(button, input) {
    font: inherit;
  }
  :where(button:not(.bare, .link)) {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_webhook-unit) * 1.5);
    min-height: var(--_webhook-height);
    padding: calc(var(--_webhook-unit) / 2) calc(var(--_webhook-unit) * 3);
    border: 1px solid var(--_webhook-control-border);
    border-radius: var(--webhook-button-radius, var(--_webhook-radius));
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    font-size: 0.875em;
    font-weight: 500;
  }
  .bare,
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
  }
  button.primary {
    border-color: transparent;
    background: var(--_webhook-accent);
    color: var(--_webhook-on-accent);
  }
  .badge {
    display: inline-block;
    padding: 0 0.5em;
    border: 1px solid currentColor;
    border-radius: 1em;
    font-size: 0.75em;
    font-weight: 500;
    line-height: 1.5;
    white-space: nowrap;
  }
  .badge.test {
    color: var(--_webhook-warning);
  }
  .badge.inactive {
    color: var(--_webhook-muted);
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_webhook-unit) * 2) calc(var(--_webhook-unit) * 3);
    padding: calc(var(--_webhook-unit) * 3) calc(var(--_webhook-unit) * 4);
    border: 1px solid color-mix(in srgb, var(--_webhook-danger) 45%, transparent);
    border-radius: var(--_webhook-radius);
    background: color-mix(in srgb, var(--_webhook-danger) 7%, var(--_webhook-surface));
    color: var(--_webhook-text);
    font-size: 0.875em;
  }
  .notice > .icon {
    align-self: start;
    margin-block-start: 0.2em;
    color: var(--_webhook-danger);
  }
  .notice > div {
    flex: 1 1 14em;
    min-width: 0;
    overflow-wrap: anywhere;
  }
`;
