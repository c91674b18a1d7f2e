import { AdapterReader } from './adapter-reader.js';
import type { CallOptions, ChangeOptions, CreateOptions, WebhookAdapter } from './adapter.js';
import { malformedAnswer, parseAnswer } from './adapter-answer.js';
import { AdapterError } from './adapter-error.js';
import { webhookSchema, type Webhook, type WebhookInput } from './webhook.js';

/** An error whose `current` has been parsed like any other answer; one that does not fit, or is another webhook, is left out. */
function withCheckedWebhook(error: AdapterError, id: string | undefined): AdapterError {
  if (error.current === undefined) return error;
  const { code, message, fieldErrors, retryAfter } = error;
  const { data } = webhookSchema.safeParse(error.current);
  const current = data?.id === id ? (data as Webhook | undefined) : undefined;
  return new AdapterError(code, { message, fieldErrors, retryAfter, current, cause: error.cause });
}

/**
 * The whole of an adapter in the same way, with what is done with single webhooks. With `waiting` a change is waited for
 * longer than the host is told.
 */
export class CheckedAdapter extends AdapterReader {
  async get(id: string, options: CallOptions): Promise<Webhook> {
    return this.#webhook('get', id, options, (adapter) => adapter.get!(id, options));
  }

  async create(input: WebhookInput, options: CreateOptions, waiting: CallOptions = options): Promise<Webhook> {
    return this.#webhook('create', undefined, waiting, (adapter) => adapter.create(input, options));
  }

  async update(id: string, changes: Partial<WebhookInput>, options: ChangeOptions, waiting: CallOptions = options): Promise<Webhook> {
    return this.#webhook('update', id, waiting, (adapter) => adapter.update!(id, changes, options));
  }

  async delete(id: string, options: ChangeOptions, waiting: CallOptions = options): Promise<void> {
    await this.#about(id, waiting, (adapter) => adapter.delete!(id, options));
  }

  /** An answer that is about another webhook than was asked for would be saved over that one. */
  async #webhook(what: string, id: string | undefined, options: CallOptions, run: (adapter: WebhookAdapter) => Promise<Webhook>): Promise<Webhook> {
    const webhook = parseAnswer(what, webhookSchema, await this.#about(id, options, run)) as Webhook;
    if (id !== undefined && webhook.id !== id) throw malformedAnswer(what, ['id']);
    return webhook;
  }

  async #about<Answer>(id: string | undefined, options: CallOptions, run: (adapter: WebhookAdapter) => Promise<Answer>): Promise<Answer> {
    try {
      return await this.call(options, run);
    } catch (thrown) {
      throw thrown instanceof AdapterError ? withCheckedWebhook(thrown, id) : thrown;
    }
  }
}
