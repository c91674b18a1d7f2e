import type { WebhookStore } from '../../../core/store/webhook-store.js';
import type { ToolsHost } from './tools-host.js';

/** With Shift a box is for all rows from the one that was pressed before it, as in mail programs. */
export function selectRanges(host: ToolsHost, root: ShadowRoot): void {
  let isRange = false;
  let last: string | undefined;
  let store: WebhookStore | undefined;
  // A change does not say which keys were down.
  for (const type of ['pointerdown', 'keydown', 'keyup'])
    root.addEventListener(type, (event) => (isRange = (event as PointerEvent | KeyboardEvent).shiftKey), true);
  root.addEventListener('change', ({ target }) => {
    const box = target as HTMLInputElement;
    const row = box.closest('.rows > .row');
    if (!row) return;
    const { rows } = host.store.getState();
    // Not from one that another adapter had.
    if (store !== host.store) last = undefined;
    ({ store } = host);
    const to = Number(row.ariaRowIndex) - 2;
    const from = isRange ? rows.findIndex(({ key }) => key === last) : -1;
    last = rows[to]?.key;
    if (from < 0) return;
    const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    host.select(range.flatMap((one) => ('webhook' in one ? one.key : [])), box.checked);
    // The browser takes Shift for the end of a text that is selected.
    getSelection()?.removeAllRanges();
  });
}
