import { css } from 'lit';
import { target } from '../shared/base.styles.js';

export const deliveryStyles = css`
  .deliveries summary {
    min-height: ${target};
    border-radius: var(--_webhook-radius);
    cursor: pointer;
    list-style: none;
  }
  .deliveries summary:hover {
    background: var(--_webhook-subtle);
  }
  .deliveries summary::-webkit-details-marker {
    display: none;
  }
  .stack .calm {
    border-color: var(--_webhook-border);
    background: var(--_webhook-subtle);
  }
  .wide-dialog {
    width: min(48em, 100% - 32px);
  }
  .stack h3 {
    font-size: 1em;
    font-weight: 600;
  }
  .stack .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_webhook-unit);
  }
  .stack :is(textarea, .field select, input:not([type='file'])) {
    min-width: 0;
    max-width: none;
    min-height: var(--_webhook-height);
    padding: calc(var(--_webhook-unit) * 2);
    border: 1px solid var(--_webhook-control-border);
    border-radius: var(--_webhook-radius);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    font: inherit;
  }
  .stack .field textarea,
  pre {
    font: 0.9286em/1.5 var(--webhook-code-font-family, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
  }
  textarea {
    max-height: 24em;
    field-sizing: content;
  }
  .stack .add {
    justify-self: start;
  }
  .stack .problem {
    color: var(--_webhook-danger);
  }
  pre {
    max-height: 30em;
    margin: 0;
    padding: calc(var(--_webhook-unit) * 3);
    overflow: auto;
    border-radius: var(--_webhook-radius);
    background: var(--_webhook-subtle);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .exchange {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_webhook-unit) * 2);
    margin-block: calc(var(--_webhook-unit) * 2);
  }
  .exchange .failed strong,
  .badge.failed {
    color: var(--_webhook-danger);
  }
  .exchange .succeeded strong,
  .badge.succeeded {
    color: var(--_webhook-success);
  }
  .badge.pending {
    color: var(--_webhook-warning);
  }
  .narrowing {
    justify-content: start;
  }
  .narrowing select {
    flex: 0 1 12em;
  }
  .deliveries li {
    display: block;
  }
  .deliveries li summary {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_webhook-unit) calc(var(--_webhook-unit) * 2);
  }
  .deliveries li summary::before {
    content: '';
    width: 0.4em;
    height: 0.4em;
    margin-inline: 0.2em;
    border: solid var(--_webhook-muted);
    border-width: 0 1.5px 1.5px 0;
    rotate: -45deg;
  }
  .deliveries li summary:dir(rtl)::before {
    rotate: 135deg;
  }
  .deliveries li [open] > summary::before {
    rotate: 45deg;
  }
  /* Said below, where it is open. */
  .deliveries li [open] > summary > .advice {
    display: none;
  }
  .deliveries .stack > details > summary {
    display: list-item;
    list-style: inside disclosure-closed;
    font-weight: 500;
  }
  .deliveries .stack > details[open] > summary {
    list-style-type: disclosure-open;
  }
  .deliveries form {
    flex-direction: row;
    align-items: end;
    justify-content: start;
    margin-block: calc(var(--_webhook-unit) * 2);
  }
  .deliveries form input:focus-within {
    /* Chromium gives the focus to a part of a date, and the whole then matches neither :focus nor :focus-visible. */
    outline: 2px solid var(--_webhook-focus);
  }
  .deliveries label {
    display: grid;
  }
`;
