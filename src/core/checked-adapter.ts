import * as z from 'zod/mini';
import type { CallOptions, ChangeOptions, CreateOptions, WebhookAdapter } from './adapter.js';
import { malformedAnswer, parseAnswer } from './adapter-answer.js';
import { AdapterError, toAdapterError } from './adapter-error.js';
import { eventTypeSchema, type EventType } from './event-type.js';
import { issuePaths } from './issue-paths.js';
import { organizationSchema, type Organization } from './organization.js';
import { pageSchema, type WebhookQuery } from './page.js';
import { webhookSchema, type Webhook, type WebhookInput } from './webhook.js';

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

/** An error whose `current` has been parsed like any other answer; one that does not fit is left out. */
function withCheckedWebhook(error: AdapterError): AdapterError {
  if (error.current === undefined) return error;
  const { code, message, fieldErrors, retryAfter } = error;
  const current = webhookSchema.safeParse(error.current).data as Webhook | undefined;
  return new AdapterError(code, { message, fieldErrors, retryAfter, current, cause: error.cause });
}

/**
 * The adapter as everything above it sees it: each answer is parsed and copied field by field, each rejection is an
 * {@link AdapterError}, and the answer of an aborted call is never seen (the call rejects with the signal's reason).
 */
export class CheckedAdapter {
  readonly #adapter: WebhookAdapter;

  constructor(adapter: WebhookAdapter) {
    this.#adapter = adapter;
  }

  /** True when the host has this method. */
  can(capability: keyof WebhookAdapter): boolean {
    return typeof this.#adapter[capability] === 'function';
  }

  async list(query: WebhookQuery, options: CallOptions): Promise<CheckedPage> {
    const page = await this.#call(options, (adapter) => adapter.list(query, options));
    const { items, nextCursor, total } = parseAnswer('list', pageSchema, page);
    if (typeof (nextCursor ?? '') !== 'string') throw malformedAnswer('list', ['nextCursor']);
    return {
      items,
      nextCursor: textOf({ nextCursor }, 'nextCursor') || undefined,
      // Nothing depends on a total but a sentence.
      total: Number.isFinite(total) ? (total as number) : undefined,
    };
  }

  async get(id: string, options: CallOptions): Promise<Webhook> {
    return this.#webhook('get', options, (adapter) => adapter.get!(id, options));
  }

  async create(input: WebhookInput, options: CreateOptions): Promise<Webhook> {
    return this.#webhook('create', options, (adapter) => adapter.create(input, options));
  }

  async update(id: string, changes: Partial<WebhookInput>, options: ChangeOptions): Promise<Webhook> {
    return this.#webhook('update', options, (adapter) => adapter.update!(id, changes, options));
  }

  async delete(id: string, options: ChangeOptions): Promise<void> {
    await this.#call(options, (adapter) => adapter.delete!(id, options));
  }

  async listEventTypes(options: CallOptions): Promise<EventType[]> {
    const answer = await this.#call(options, (adapter) => adapter.listEventTypes!(options));
    return parseAnswer('listEventTypes', z.array(eventTypeSchema), answer);
  }

  async listOrganizations(options: CallOptions): Promise<Organization[]> {
    const answer = await this.#call(options, (adapter) => adapter.listOrganizations!(options));
    return parseAnswer('listOrganizations', z.array(organizationSchema), answer);
  }

  async #webhook(what: string, options: CallOptions, run: (adapter: WebhookAdapter) => Promise<Webhook>): Promise<Webhook> {
    return parseAnswer(what, webhookSchema, await this.#call(options, run)) as Webhook;
  }

  /** Settles when the host does or when the call is aborted, whichever comes first. */
  async #call<Answer>({ signal }: CallOptions, run: (adapter: WebhookAdapter) => Promise<Answer>): Promise<Answer> {
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
      throw withCheckedWebhook(toAdapterError(thrown));
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
