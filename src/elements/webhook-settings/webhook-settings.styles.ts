import { css } from 'lit';
import { target } from '../shared/base.styles.js';

export const settingsStyles = css`
  :host {
    display: block;
  }
  .base {
    container-type: inline-size;
    /* No grid: in one that is a container WebKit leaves a row as high as it was when its item wraps. */
    display: flex;
    flex-direction: column;
    gap: calc(var(--_webhook-unit) * 4);
  }
  .toolbar,
  .foot,
  .buttons,
  .badges,
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_webhook-unit) * 2);
  }
  .title {
    /* Not of the density: each row has one. */
    gap: 0 0.5714em;
  }
  .toolbar,
  .foot {
    justify-content: space-between;
  }
  .toolbar,
  .filters,
  .foot {
    min-height: max(24px, 1.3125em + var(--_webhook-unit) * 2.75);
  }
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
    --_webhook-columns: minmax(0, 1.8fr) minmax(0, 1.2fr) minmax(0, 1.5fr) minmax(7.5em, 0.8fr)
      var(--_webhook-health,);
    border: 1px solid var(--_webhook-border);
    border-radius: min(var(--_webhook-radius) * 1.5, 1rem);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    overflow: clip;
  }
  .panel {
    display: grid;
    justify-items: center;
    gap: calc(var(--_webhook-unit) * 3);
    padding: calc(var(--_webhook-unit) * 12) calc(var(--_webhook-unit) * 6);
    text-align: center;
  }
  .panel > .icon {
    width: 2em;
    color: var(--_webhook-muted);
  }
  .panel p {
    max-width: 30em;
    color: var(--_webhook-muted);
    font-size: 0.875em;
  }
  .row {
    display: grid;
    grid-template-columns: var(--_webhook-columns);
    gap: var(--_webhook-unit) calc(var(--_webhook-unit) * 4);
    align-items: start;
    padding: calc(var(--_webhook-unit) * 3) calc(var(--_webhook-unit) * 4);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  .with-health {
    --_webhook-health: 7em;
  }
  .selectable .row {
    /* calc() for the analyzer: it cannot read a value that stands alone at the end. */
    grid-template-columns: calc(${target}) var(--_webhook-columns) calc(${target});
  }
  .menu-cell {
    grid-area: 1 / -2;
  }
  /* Higher than a line of text, which stays where it is. */
  .check,
  .link,
  .menu-cell {
    margin-block: min(0px, (1.5em - ${target}) / 2);
  }
  .row ~ .row,
  .rows {
    border-block-start: 1px solid var(--_webhook-border);
  }
  /* Two lines; more where something went wrong or is looked at. */
  .even .rows .row {
    min-height: calc(3em + var(--_webhook-unit) * 2.5);
    padding-block: var(--_webhook-unit);
    align-content: center;
  }
  .check,
  .menu-cell {
    display: grid;
    place-items: center;
    width: ${target};
    height: ${target};
  }
  .check input {
    width: max(16px, 1rem);
    height: max(16px, 1rem);
    margin: 0;
  }
  .toolbar .menu-button {
    padding: 0;
    width: var(--_webhook-height);
  }
  .menu-cell button {
    width: 100%;
    height: 100%;
    font: max(16px, 1rem) / 1 system-ui;
    white-space: nowrap;
  }
  .menu-cell button::before {
    content: '···' / '';
  }
  .head {
    align-items: center;
    padding-block: calc(var(--_webhook-unit) * 2);
    background: var(--_webhook-subtle);
    color: var(--_webhook-muted);
    font-weight: 500;
  }
  /* Its columns are those of the rows, whose text is larger. */
  .head > * {
    font-size: 0.8571em;
  }
  .name {
    font-weight: 600;
  }
  .link {
    display: inline;
    min-height: ${target};
    min-width: ${target};
    overflow-wrap: anywhere;
  }
  /* But for its name, what can be done and what went wrong. */
  .off {
    color: var(--_webhook-muted);
  }
  .off :is(.title, .bare) {
    color: var(--_webhook-text);
  }
  .method {
    flex: none;
    min-width: 3.4em;
    font-size: 0.8571em;
    font-weight: 600;
  }
  .code {
    font-family: var(--webhook-code-font-family, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
    font-size: 0.9286em;
  }
  .endpoint {
    display: flex;
    align-items: center;
    column-gap: 0.4286em;
    max-width: 100%;
  }
  .endpoint bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  [aria-expanded='false'] bdi {
    white-space: nowrap;
  }
  .broken .icon {
    color: var(--_webhook-danger);
  }
  .wide {
    grid-column: 1 / -1;
  }
  .selectable .wide {
    grid-column: 2 / -1;
  }
  .bones {
    align-items: center;
    min-height: calc(1.5em + var(--_webhook-unit) * 6 + 1px);
  }
  .bones i {
    width: 70%;
    /* A border, as forced colours keep one. */
    border-top: 0.75em solid var(--_webhook-border);
  }
  .selectable .bones > :first-child {
    grid-column: 2;
  }
  /* The place of what is to come: lines of controls, and below them how many there are. */
  @container (width < 56em) {
    .filters {
      --_webhook-lines: 2;
      min-height: calc((1.3125em + var(--_webhook-unit) * 4.75) * var(--_webhook-lines) + ${target});
    }
  }
  @container (width < 48em) {
    :not(.selectable) > .head,
    .head > :not(:first-child) {
      /* Still there for assistive technology: the cells are named by it. */
      position: absolute;
      clip-path: inset(50%);
      height: 1px;
      overflow: hidden;
    }
    .card {
      --_webhook-columns: [left] minmax(0, 1fr) [right] minmax(0, 1fr);
    }
    .toolbar .buttons {
      gap: var(--_webhook-unit);
      margin-inline-start: auto;
    }
    .bones,
    .even .rows .row {
      min-height: calc(4.5em + var(--_webhook-unit) * 6);
      padding-block: calc(var(--_webhook-unit) * 2);
    }
    :not(.selectable) > .rows {
      border: 0;
    }
    .selectable .head > :first-child {
      grid-column: 1 / -1;
    }
    .bones > *,
    .title + * {
      grid-column: left;
    }
    .bones > :nth-child(even),
    .title + * + *,
    .title + * + * + * {
      grid-column: right;
    }
    .title + * + * {
      grid-row: 1;
    }
    .title + * + * + * {
      grid-row: 2;
    }
  }
  @container (width < 40em) {
    .filters {
      --_webhook-lines: 3;
    }
  }
  @container (width < 30em) {
    .toolbar .primary .icon {
      display: none;
    }
    .card {
      --_webhook-columns: [left right] minmax(0, 1fr);
    }
    .bones,
    .even .rows .row {
      min-height: calc(7.5em + var(--_webhook-unit) * 8);
    }
    .title ~ :not(.menu-cell) {
      grid-area: auto / left / auto / -1;
    }
  }
`;
