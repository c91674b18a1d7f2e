import { malformedAnswer } from '../adapter-answer.js';
import { readListItem, type ListItem } from '../adapter-reader.js';
import type { WebhookStore } from './webhook-store.js';

export interface AllWebhooks {
  readonly items: readonly ListItem[];
  /** The host's pages led back to what was known: there may be more. */
  readonly isCut: boolean;
}

/** After so many pages in a row with nothing to know again, each with another cursor, a host is not asked for the next. */
const MOST_EMPTY = 10;

/** All webhooks of the account, page by page, whatever the list shows; tells how many there are by now. @throws {AdapterError} */
export async function readAll({ adapter, within }: WebhookStore, signal: AbortSignal, tell: (count: number) => void): Promise<AllWebhooks> {
  const items = new Map<unknown, ListItem>();
  const seen = new Set<string>();
  let empty = 0;
  for (let cursor: string | undefined; ; seen.add(cursor)) {
    const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
    const page = await adapter.list(query, { signal: within(signal) });
    const before = items.size;
    let isEmpty = true;
    for (const item of page.items.map(readListItem)) {
      // Not the id that a malformed item claims to have: a good one may have it.
      const key = 'webhook' in item ? item.webhook.id : item.malformed.id === undefined ? item : `malformed ${item.malformed.id}`;
      if (key !== item && !items.has(key)) isEmpty = false;
      items.set(key, item);
    }
    cursor = page.nextCursor;
    // A cursor that comes back, and one that leads to what is known already, lead in a circle.
    const isCut = cursor !== undefined && (seen.has(cursor) || (page.items.length > 0 && items.size === before));
    if (cursor === undefined || isCut) return { items: [...items.values()], isCut };
    empty = isEmpty ? empty + 1 : 0;
    if (empty === MOST_EMPTY) throw malformedAnswer('list', ['nextCursor']);
    tell(items.size);
    // A host may answer at once: the page goes on in between.
    await new Promise((resolve) => setTimeout(resolve));
  }
}
