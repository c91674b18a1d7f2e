import type { AdapterErrorCode, Webhook } from 'webhook-settings';

const MAX_ENTRIES = 100;

/** The events of `<webhook-settings>` that leave it. `webhook-submit`, which carries secrets, does not. */
const types = ['webhook-created', 'webhook-updated', 'webhook-deleted', 'webhook-error'] as const;

type Detail = Partial<{ webhook: Webhook; id: string; operation: string; code: AdapterErrorCode }>;

/** What an event says, in a few words: never more of a webhook than its name and id. */
function describe({ webhook, id, operation, code }: Detail): string {
  if (webhook) return `${webhook.name} · ${webhook.id}`;
  if (operation) return `${operation} · ${code ?? ''}`;
  return id ?? '';
}

function entry(type: string, text: string): HTMLLIElement {
  const now = new Date();
  const name = document.createElement('code');
  name.textContent = type;
  const time = document.createElement('time');
  time.dateTime = now.toISOString();
  time.textContent = now.toLocaleTimeString(undefined, { hour12: false });
  const what = document.createElement('span');
  what.textContent = text;
  const item = document.createElement('li');
  item.append(name, time, what);
  return item;
}

/** Writes each webhook event that reaches `source` into `list`, the newest on top. */
export function logEvents(source: EventTarget, list: HTMLElement): void {
  for (const type of types)
    source.addEventListener(type, (event) => {
      list.prepend(entry(type, describe((event as CustomEvent<Detail>).detail)));
      list.children[MAX_ENTRIES]?.remove();
    });
}
