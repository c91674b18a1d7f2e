import { AdapterReader } from './adapter-reader.js';
import type { CallOptions, ChangeOptions, CreateOptions, WebhookAdapter } from './adapter.js';
import { parseAnswer } from './adapter-answer.js';
import { AdapterError } from './adapter-error.js';
import { webhookSchema, type Webhook, type WebhookInput } from './webhook.js';

/** An error whose `current` has been parsed like any other answer; one that does not fit is left out. */
function withCheckedWebhook(error: AdapterError): AdapterError {
  if (error.current === undefined) return error;
  const { code, message, fieldErrors, retryAfter } = error;
  const current = webhookSchema.safeParse(error.current).data as Webhook | undefined;
  return new AdapterError(code, { message, fieldErrors, retryAfter, current, cause: error.cause });
}

/**
 * The whole of an adapter in the same way, with what is done with single webhooks. With `waiting` a change is waited for
 * longer than the host is told.
 */
export class CheckedAdapter extends AdapterReader {
  async get(id: string, options: CallOptions): Promise<Webhook> {
    return this.#webhook('get', options, (adapter) => adapter.get!(id, options));
  }

  async create(input: WebhookInput, options: CreateOptions, waiting: CallOptions = options): Promise<Webhook> {
    return this.#webhook('create', waiting, (adapter) => adapter.create(input, options));
  }

  async update(id: string, changes: Partial<WebhookInput>, options: ChangeOptions, waiting: CallOptions = options): Promise<Webhook> {
    return this.#webhook('update', waiting, (adapter) => adapter.update!(id, changes, options));
  }

  async delete(id: string, options: ChangeOptions, waiting: CallOptions = options): Promise<void> {
    await this.call(waiting, (adapter) => adapter.delete!(id, options));
  }

  async #webhook(what: string, options: CallOptions, run: (adapter: WebhookAdapter) => Promise<Webhook>): Promise<Webhook> {
    return parseAnswer(what, webhookSchema, await this.call(options, run)) as Webhook;
  }

  protected override async call<Answer>(options: CallOptions, run: (adapter: WebhookAdapter) => Promise<Answer>): Promise<Answer> {
    try {
      return await super.call(options, run);
    } catch (thrown) {
      throw thrown instanceof AdapterError ? withCheckedWebhook(thrown) : thrown;
    }
  }
}
