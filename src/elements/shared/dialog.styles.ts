import { css } from 'lit';

/** The frame of every dialog, and what a pointer changes: it comes with the first of them. */
export const dialogStyles = css`
  button {
    transition: background-color 0.12s;
  }
  button:not(.primary):hover {
    background: var(--_webhook-subtle);
  }
  button.primary:hover {
    background: color-mix(in oklab, var(--_webhook-accent), #000 12%);
  }
  dialog {
    width: min(var(--webhook-dialog-width, 40rem), 100vw - 2rem);
    max-width: none;
    max-height: min(56rem, 100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--_webhook-border);
    border-radius: var(--webhook-dialog-radius, 12px);
    background: var(--_webhook-surface);
    color: var(--_webhook-text);
    text-align: start;
    overflow-wrap: anywhere;
    font-size: var(--webhook-font-size, 1rem);
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 0.25);
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
      translate: 0 0.5rem;
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
  dialog h2 {
    font-size: 1.125em;
    font-weight: 600;
  }
  header button {
    padding: 0;
    width: 2.25em;
  }
  button.danger {
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
  .dialog-body[inert] {
    opacity: 0.6;
  }
  .confirm {
    width: min(26rem, 100vw - 2rem);
    padding: calc(var(--_webhook-unit) * 6);
    gap: calc(var(--_webhook-unit) * 4);
  }
  @media (max-width: 30rem) {
    dialog:not(.confirm) {
      width: 100vw;
      height: 100dvh;
      max-height: none;
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
`;
