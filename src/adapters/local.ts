import { createStore, get, update } from 'idb-keyval';
import { AdapterError, isAdapterError } from '../core/adapter-error.js';
import { createCollection, toRows, type CollectionOptions, type Row, type Transact } from './collection.js';

export interface LocalAdapterOptions extends CollectionOptions {
  /** The IndexedDB database; pages that name the same one share their webhooks. */
  name?: string;
}

const KEY = 'rows';

/**
 * An adapter that keeps webhooks in this browser (IndexedDB), for demos and prototypes: they survive a reload, and tabs
 * share them. No secret's value is written. `webhooks` are there until the first change has been made.
 */
export function createLocalAdapter(options: LocalAdapterOptions = {}): ReturnType<typeof createCollection> {
  const store = createStore(options.name ?? 'webhook-settings', 'webhooks');
  const transact: Transact = async <Answer>(work: (rows: Row[]) => Answer, write?: boolean) => {
    try {
      if (!write) return work((await get<Row[]>(KEY, store)) ?? toRows(options.webhooks));
      let answer!: Answer;
      // One transaction: two tabs that write at once do so one after the other.
      await update<Row[]>(
        KEY,
        (rows = toRows(options.webhooks)) => {
          answer = work(rows);
          return rows;
        },
        store,
      );
      return answer;
    } catch (error) {
      throw isAdapterError(error) ? error : new AdapterError('unavailable', { cause: error });
    }
  };
  return createCollection(options, transact);
}
