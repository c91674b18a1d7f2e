import { css } from 'lit';
import { target } from '../../shared/base.styles.js';

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
  .rows > .selected {
    background: color-mix(in srgb, var(--_webhook-accent) 9%, var(--_webhook-surface));
  }
  /* What a press there does. */
  .endpoint:hover bdi,
  .openable:hover:not(:has(:is(.check, .endpoint, .menu-button):hover)) .name {
    text-decoration: underline;
  }
  .endpoint::after {
    content: '';
    flex: none;
    width: 0.4em;
    height: 0.4em;
    /* Turned, it is wider. */
    margin-inline: 0.1em;
    border: solid var(--_webhook-muted);
    border-width: 0 1.5px 1.5px 0;
    translate: 0 -0.2em;
    rotate: 45deg;
  }
  .endpoint[aria-expanded='true'] {
    align-items: start;
  }
  .endpoint[aria-expanded='true']::after {
    translate: 0 0.1em;
    rotate: 225deg;
  }
  /* The place around a box is the box's: none that misses it opens the row. */
  .rows .check {
    /* With Shift a label whose text could be selected is not pressed. */
    user-select: none;
  }
  .rows .check::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    width: calc(${target} + var(--_webhook-unit) * 6);
  }
  /* The box itself is what a pointer finds in its place. */
  .rows .check input {
    z-index: 1;
  }
  .wide:not(.title) {
    color: var(--_webhook-danger);
  }
  .filters {
    align-content: start;
    justify-content: start;
  }
  .filters {
    flex-wrap: nowrap;
  }
  .result {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(var(--_webhook-unit) * 2);
    min-height: ${target};
  }
  .result button {
    min-height: ${target};
    padding-block: 0;
  }
  /* What restricts the list; the order, which comes last, does not. */
  .filters select:has(option:checked:not([value=''])):not(:last-of-type) {
    border-color: var(--_webhook-accent);
    box-shadow: inset 0 0 0 1px var(--_webhook-accent);
    font-weight: 600;
  }
  /* What one does with the rows that are selected stays with them, as high as what it stands in for. */
  .filters:has([role='group']) {
    border-radius: var(--_webhook-radius);
    background: var(--_webhook-subtle);
    box-shadow:
      0 0 0 var(--_webhook-unit) var(--_webhook-subtle),
      0 0 0 calc(var(--_webhook-unit) + 1px) var(--_webhook-border);
  }
  .filters > .buttons {
    align-content: center;
    justify-content: start;
    min-height: inherit;
    padding-inline: calc(var(--_webhook-unit) * 2);
  }
  .buttons ~ .result {
    display: none;
  }
  @media (min-height: 24em) {
    .filters:has([role='group']) {
      position: sticky;
      inset-block-start: var(--_webhook-unit);
      z-index: 2;
    }
    /* What gets the focus is not below it. */
    .choosing :is(button, input) {
      scroll-margin-block-start: 12em;
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
    /* Gives way before what can be chosen is cut. */
    flex: 1 99 11em;
    min-width: min(8em, 100%);
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
  .even .openable div > div[dir='auto'] {
    display: inline;
  }
  .even .openable div > div[dir='auto']::before {
    content: '\\2c\\a0';
  }
  .even .openable [aria-expanded='true'] {
    white-space: normal;
  }
  .even :focus-visible {
    /* Its cell would cut off what is outside of it. */
    outline-offset: -2px;
  }
  .panel p {
    text-wrap: balance;
  }
  .bones i {
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
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
  input[type='file'] {
    width: 100%;
    min-width: 0;
    padding: calc(var(--_webhook-unit) * 3);
    border: 1px dashed var(--_webhook-control-border);
    border-radius: var(--_webhook-radius);
  }
  .dropping input[type='file'] {
    outline: 2px dashed var(--_webhook-accent);
    background: color-mix(in srgb, var(--_webhook-accent) 9%, var(--_webhook-surface));
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
  /* In sight wherever the list is scrolled to. */
  .sticky {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    font-size: 1em;
  }
  .candidates {
    padding: 0 !important;
    list-style: none;
  }
  .candidates li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_webhook-unit) * 2) calc(var(--_webhook-unit) * 4);
    padding-block: calc(var(--_webhook-unit) * 2);
    border-block-start: 1px solid var(--_webhook-border);
    overflow-wrap: anywhere;
  }
  .candidates li > * {
    min-width: 0;
  }
  .candidates li > :first-child {
    flex: 1 1 10em;
  }
  .import .muted {
    font-size: 0.9286em;
  }
  .problem {
    color: var(--_webhook-danger);
  }
  .doubt {
    color: var(--_webhook-warning);
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
    min-height: ${target};
  }
  /* All in one row: no room for long choices, nor for how many there are, which the list's foot says as well. */
  @container (56em <= width < 80em) {
    select {
      max-width: 12em;
    }
    .result:not(:has(button)),
    .result > .muted {
      display: none;
    }
  }
  .done {
    color: var(--_webhook-success);
  }
  .done::before {
    content: '✓\\a0' / '';
  }
  @container (width < 56em) {
    .filters {
      flex-wrap: wrap;
    }
    .filters > select {
      flex: 1 1 0;
      max-width: none;
    }
    .filters > *,
    input[type='search'] {
      flex-basis: 100%;
    }
    .result {
      justify-content: space-between;
    }
  }
  @container (width < 48em) {
    .row > .health,
    .selectable .row > .health {
      grid-area: 3 / right;
    }
    .health > span,
    .rows .muted {
      display: inline;
    }
    div.muted:not(.wide)::before {
      content: '· ' / '';
    }
    .health:not(:has(*)) {
      display: none;
    }
    /* What is left of the header: a box for all, which says so beside it. Its columns are those of the rows. */
    .head .check {
      grid-template-columns: ${target} 1fr;
      gap: calc(var(--_webhook-unit) * 4);
      width: auto;
      height: auto;
      min-height: ${target};
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
  @container (width < 40em) {
    .filters > select {
      flex-basis: max(8em, 40%);
    }
  }
  @container (width < 30em) {
    .row > .health,
    .selectable .row > .health {
      grid-area: auto / left / auto / -1;
    }
  }
`;
