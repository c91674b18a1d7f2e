import { createCollection, toRows, type CollectionOptions } from './collection.js';

export type MemoryAdapterOptions = CollectionOptions;

/** An adapter for demos and tests: a well-behaved host in memory, gone with the page. Keeps no secret's value. */
export function createMemoryAdapter(options: MemoryAdapterOptions = {}): ReturnType<typeof createCollection> {
  const rows = toRows(options.webhooks);
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
  return createCollection(options, async (work) => work(rows));
}
