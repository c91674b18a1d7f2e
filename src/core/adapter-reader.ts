import type * as z from 'zod/mini';
import type { CallOptions, WebhookAdapter } from './adapter.js';
import { malformedAnswer } from './adapter-answer.js';
import { toAdapterError, type AdapterError } from './adapter-error.js';
import { eventTypeSchema, type EventType } from './event-type.js';
import { issuePaths } from './issue-paths.js';
import { organizationSchema, type Organization } from './organization.js';
import type { WebhookPage, WebhookQuery } from './page.js';
import { webhookSchema, type Webhook } from './webhook.js';

/** An item that the schemas refuse: what could be read of it, and where it went wrong. */
export interface MalformedWebhook {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** The paths that were refused, such as `authentication.credentials.0.secretKey`. Never a value. */
  readonly paths: readonly string[];
}

export type ListItem = { readonly webhook: Webhook } | { readonly malformed: MalformedWebhook };

export interface CheckedPage {
  /** As they came: {@link readListItem} parses one. A host may answer with ten thousand, of which few are seen at once. */
  readonly items: readonly unknown[];
  readonly nextCursor: string | undefined;
  readonly total: number | undefined;
}

const textOf = (value: unknown, property: string): string | undefined => {
  const text = (value as Record<string, unknown> | null | undefined)?.[property];
  return typeof text === 'string' ? text : undefined;
};

/** Reads one item of a list: the webhook, or what is wrong with it. */
export function readListItem(item: unknown): ListItem {
  const { data, error } = webhookSchema.safeParse(item);
  return data
    ? { webhook: data as Webhook }
    : { malformed: { id: textOf(item, 'id'), name: textOf(item, 'name'), paths: issuePaths(error.issues) } };
}

/** What a host offers to choose from: the items that hold, and what is wrong with the others. */
export interface CheckedItems<Item> {
  readonly items: Item[];
  readonly error: AdapterError | undefined;
}

/** Each item for itself: a malformed one does not take the others with it. @throws {AdapterError} where it is no list */
function parseItems<Schema extends z.ZodMiniType>(what: string, schema: Schema, answer: unknown): CheckedItems<z.infer<Schema>> {
  if (!Array.isArray(answer)) throw malformedAnswer(what, ['(root)']);
  const paths: string[] = [];
  const items = answer.flatMap((item: unknown, index) => {
    const { success, data, error } = schema.safeParse(item);
    if (success) return [data];
    paths.push(...issuePaths(error.issues, [index]));
    return [];
  });
  return { items, error: paths.length ? malformedAnswer(what, paths) : undefined };
}

/**
 * The part of an adapter that a list asks, as everything above it sees it: each answer is parsed and copied field by field,
 * each rejection is an {@link AdapterError}, and the answer of an aborted call is never seen (the call rejects with the
 * signal's reason).
 */
export class AdapterReader {
  readonly #adapter: WebhookAdapter;

  constructor(adapter: WebhookAdapter) {
    this.#adapter = adapter;
  }

  /** True when the host has this method. */
  can(capability: keyof WebhookAdapter): boolean {
    return typeof this.#adapter[capability] === 'function';
  }

  async list(query: WebhookQuery, options: CallOptions): Promise<CheckedPage> {
    const page = await this.call(options, (adapter) => adapter.list(query, options));
    const { items, nextCursor, total } = { ...(page as { [Part in keyof WebhookPage]?: unknown } | undefined) };
    // Its items are parsed one by one, so that a malformed one does not take the others with it.
    if (!Array.isArray(items)) throw malformedAnswer('list', ['items']);
    if (typeof (nextCursor ?? '') !== 'string') throw malformedAnswer('list', ['nextCursor']);
    return {
      items: items.slice(),
      // A host that writes null where there is no next page means the same.
      nextCursor: textOf({ nextCursor }, 'nextCursor') || undefined,
      // Nothing depends on a total but a sentence.
      total: Number.isFinite(total) ? (total as number) : undefined,
    };
  }

  async listEventTypes(options: CallOptions): Promise<CheckedItems<EventType>> {
    return parseItems('listEventTypes', eventTypeSchema, await this.call(options, (adapter) => adapter.listEventTypes!(options)));
  }

  async listOrganizations(options: CallOptions): Promise<CheckedItems<Organization>> {
    return parseItems('listOrganizations', organizationSchema, await this.call(options, (adapter) => adapter.listOrganizations!(options)));
  }

  /** Settles when the host does or when the call is aborted, whichever comes first. */
  protected async call<Answer>({ signal }: CallOptions, run: (adapter: WebhookAdapter) => Promise<Answer>): Promise<Answer> {
    signal.throwIfAborted();
    let stop!: () => void;
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
    });
    try {
      // The adapter may throw before it returns a promise, or return a plain value.
      return await Promise.race([Promise.resolve().then(() => run(this.#adapter)), aborted]);
    } catch (thrown) {
      signal.throwIfAborted();
      throw toAdapterError(thrown);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
