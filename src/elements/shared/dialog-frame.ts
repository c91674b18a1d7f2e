import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { closedUnasked } from './closed-unasked.js';
import { icons } from './icons.js';
import type { Translate } from './translate.js';

/** An element with dialogs in its shadow root. */
export interface DialogHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

const dialogIn = ({ renderRoot }: DialogHost, name: string) => renderRoot.querySelector<HTMLDialogElement>(`.${name}`);

/** Shows the dialog of this class once the view has it. */
export async function showDialog(host: DialogHost, name: string): Promise<void> {
  host.requestUpdate();
  await host.updateComplete;
  const dialog = dialogIn(host, name);
  if (dialog && !dialog.open) dialog.showModal();
}

/** Closes it, before the view goes on without it: the focus goes back to where it was. */
export function closeDialog(host: DialogHost, name: string): void {
  dialogIn(host, name)?.close();
  host.requestUpdate();
}

/** The key that closes; while a word is being composed it is for that alone (UI Events §5.6). */
export const isEscape = ({ key, isComposing }: KeyboardEvent): boolean => key === 'Escape' && !isComposing;

export interface DialogFrame {
  /** Its class. */
  readonly name: string;
  readonly title: string;
  readonly body: unknown;
  /** The buttons beside Close. */
  readonly buttons?: unknown;
  readonly close: () => void;
  /** What that does, where it does not close. */
  readonly closeLabel?: string | undefined;
}

/** A dialog with a heading, a cross, a part that scrolls and a row of buttons; Escape does what the cross does. */
export const framedDialog = (t: Translate, { name, title, body, buttons, close, closeLabel = t('close') }: DialogFrame): TemplateResult =>
  html`<dialog
    part="dialog"
    class=${name}
    aria-labelledby="dialog-title"
    @cancel=${(event: Event) => {
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      close();
    }}
    @close=${(event: Event) => closedUnasked(event) && close()}
    @keydown=${(event: KeyboardEvent) => {
      if (!isEscape(event)) return;
      // This dialog and not the one that it may lie in.
      event.stopPropagation();
      event.preventDefault();
      close();
    }}
  >
    <header part="dialog-header">
      <h2 id="dialog-title" dir="auto">${title}</h2>
      <button class="plain" type="button" aria-label=${closeLabel} @click=${close}>${icons.close}</button>
    </header>
    <div part="dialog-body" class="dialog-body stack">${body}</div>
    <footer part="dialog-footer">
      <div class="buttons"><button type="button" @click=${close}>${closeLabel}</button>${buttons}</div>
    </footer>
  </dialog>`;
