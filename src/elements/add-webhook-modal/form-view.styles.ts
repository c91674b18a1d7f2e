import { css } from 'lit';
import { target } from '../shared/base.styles.js';

/** The form; adopted by the modal when the form is there. */
export const formStyles = css`
  :host {
    display: contents;
  }
  .form,
  section {
    display: grid;
    gap: calc(var(--_webhook-unit) * 5);
    /* So that a long word in a field never widens the dialog. */
    grid-template-columns: minmax(0, 1fr);
  }
  section {
    gap: calc(var(--_webhook-unit) * 4);
  }
  section + section {
    padding-block-start: calc(var(--_webhook-unit) * 5);
    border-block-start: 1px solid var(--_webhook-border);
  }
  h3 {
    font-size: 1em;
    font-weight: 600;
  }
  ul {
    padding-inline-start: 1.25em;
    list-style: disc;
  }
  .field {
    display: grid;
    align-content: start;
    gap: var(--_webhook-unit);
    grid-template-columns: minmax(0, 1fr);
  }
  .label {
    display: flex;
    gap: calc(var(--_webhook-unit) * 1.5);
    align-items: baseline;
    font-size: 0.875em;
  }
  label,
  legend {
    padding: 0;
    overflow-wrap: anywhere;
    font-weight: 500;
    font-size: 0.875em;
  }
  .label > label {
    font-size: 1em;
  }
  .hint,
  .summary,
  .muted,
  .problem {
    color: var(--_webhook-muted);
    font-size: 0.8125em;
    overflow-wrap: anywhere;
  }
  .problem {
    color: var(--_webhook-warning);
  }
  .problem.error {
    color: var(--_webhook-danger);
  }
  input:not([type='checkbox'], [type='radio']),
  select {
    width: 100%;
    min-width: 0;
    min-height: max(24px, 1.5em + var(--_webhook-unit) * 3.75);
    padding: 0 calc(var(--_webhook-unit) * 2.5);
    border: 1px solid var(--_webhook-control-border);
    border-radius: var(--_webhook-radius);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    font-size: 0.9375em;
  }
  @media (pointer: coarse) {
    input:not([type='checkbox'], [type='radio']),
    select {
      /* iOS zooms into a field with smaller text. */
      font-size: max(16px, 0.9375em);
    }
  }
  [aria-invalid='true'] {
    border-color: var(--_webhook-danger) !important;
  }
  input:focus-visible,
  select:focus-visible {
    outline-offset: -1px;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14em, 100%), 1fr));
    gap: calc(var(--_webhook-unit) * 4);
  }
  .switch {
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: calc(var(--_webhook-unit) * 3);
  }
  .switch .hint {
    grid-column: 2;
  }
  .switch input {
    appearance: none;
    position: relative;
    width: calc(2 * ${target} - 8px);
    height: ${target};
    margin: 0;
    border: 1px solid var(--_webhook-control-border);
    border-radius: 2em;
    background: var(--_webhook-subtle);
    cursor: pointer;
    transition: background-color 0.12s;
  }
  .switch input::before {
    content: '';
    position: absolute;
    inset-block: 3px;
    inset-inline-start: 3px;
    width: calc(${target} - 8px);
    border-radius: 50%;
    background: var(--_webhook-control-border);
    transition: translate 0.12s;
  }
  .switch input:checked {
    border-color: transparent;
    background: var(--_webhook-accent);
  }
  .switch input:checked::before {
    background: var(--_webhook-on-accent);
    translate: 100%;
  }
  .switch input:checked:dir(rtl)::before {
    translate: -100%;
  }
  @media (prefers-reduced-motion: reduce) {
    .switch input::before {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .switch input,
    .switch input::before {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: Canvas;
    }
    .switch input::before {
      background: ButtonText;
    }
    .switch input:checked {
      background: Highlight;
    }
    .switch input:checked::before {
      background: HighlightText;
    }
  }
  .choices {
    display: flex;
    /* No grid: WebKit leaves its rows as high as they were when a label wraps. */
    flex-wrap: wrap;
    gap: 0 calc(var(--_webhook-unit) * 4);
  }
  fieldset.choices {
    grid-column: 1 / -1;
  }
  :is(.choices, .choice) input {
    flex: none;
    width: 1.1429em;
    height: 1.1429em;
    margin: 0;
  }
  .choices label {
    display: flex;
    flex: 1 16em;
    min-width: 0;
    align-items: center;
    gap: calc(var(--_webhook-unit) * 2);
    min-height: 2em;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .secret,
  .organization-header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_webhook-unit) * 2);
  }
  .secret input {
    flex: 1 1 10em;
    width: auto;
  }
  .stored {
    display: flex;
    flex: 1 1 auto;
    align-items: center;
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  .grid > .field:has([inputmode]) {
    grid-column: 1 / -1;
  }
  .organization {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_webhook-unit) * 4);
    padding: calc(var(--_webhook-unit) * 4);
    border: 1px solid var(--_webhook-border);
    border-radius: min(var(--_webhook-radius) * 1.5, 1rem);
  }
  .organization-header {
    align-items: start;
  }
  .organization-header .field {
    flex: 1 1 14em;
  }
  .row {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(var(--_webhook-unit) * 2) calc(var(--_webhook-unit) * 4);
    align-items: start;
  }
  .row:has(.remove) {
    grid-template-columns: repeat(2, minmax(0, 1fr)) auto;
  }
  /* As high as the field beside it, and below its label. */
  .secret button,
  .stored,
  .row .remove,
  .organization-header > button {
    min-height: max(24px, 1.6071em + var(--_webhook-unit) * 3.75);
  }
  .row .remove,
  .organization-header > button {
    margin-block-start: calc(1.5em + var(--_webhook-unit));
  }
  .row .remove {
    width: var(--_webhook-height);
    padding: 0;
  }
  .preview {
    margin-block-start: calc(var(--_webhook-unit) * 5);
    padding-block-start: calc(var(--_webhook-unit) * 4);
    border-block-start: 1px solid var(--_webhook-border);
    font-size: 0.875em;
  }
  .preview summary {
    min-height: ${target};
    font-weight: 500;
    cursor: pointer;
  }
  .preview button {
    font-size: 1em;
  }
  .preview section {
    margin-block-start: calc(var(--_webhook-unit) * 3);
  }
  .conflict legend {
    margin-block-end: var(--_webhook-unit);
    font-size: 1em;
  }
  /* Chosen with an arrow, one is not “focus-visible” in WebKit. */
  .conflict input:focus {
    outline: 2px solid var(--_webhook-focus);
    outline-offset: 2px;
  }
  .conflict {
    width: min(36em, 100% - 32px);
  }
  .conflict fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12em, 100%), 1fr));
    gap: calc(var(--_webhook-unit) * 2);
  }
  .choice {
    display: flex;
    gap: calc(var(--_webhook-unit) * 2);
    align-items: start;
    padding: calc(var(--_webhook-unit) * 2);
    border: 1px solid var(--_webhook-border);
    border-radius: var(--_webhook-radius);
    font-weight: 400;
    font-size: 1em;
    overflow-wrap: anywhere;
  }
  .choice strong {
    display: block;
    margin-block-start: var(--_webhook-unit);
  }
  .choice:has(:checked) {
    border-color: var(--_webhook-accent);
  }
  .add,
  .inline {
    justify-self: start;
  }
  footer > [role='status'] {
    flex: 1 1 0;
    min-width: 0;
  }
  a {
    display: inline-block;
    min-height: 24px;
    padding-block: 2px;
    color: inherit;
    /* Of two lines the first is beside the bullet. */
    vertical-align: top;
  }
  @media (max-width: 30rem) {
    .row {
      grid-template-columns: minmax(0, 1fr);
    }
    .row:has(.remove) {
      grid-template-columns: minmax(0, 1fr) auto;
      column-gap: calc(var(--_webhook-unit) * 2);
    }
    /* Above the buttons, which stay where they are. */
    footer > [role='status'] {
      flex-basis: 100%;
      order: -1;
    }
    footer > [role='status']:empty {
      margin-block-end: calc(var(--_webhook-unit) * -2);
    }
    .organization-header > button {
      margin: 0;
    }
    .row .field:nth-child(2) {
      grid-column: 1;
    }
    .row .remove {
      grid-area: 1 / 2;
    }
  }
`;
