import {
  AdapterError,
  type CallOptions,
  type Webhook,
  type WebhookAdapter,
  type WebhookInput,
} from 'webhook-settings';

/** What stands between the widget and the host on a bad day. */
export interface Conditions {
  /** Milliseconds before each answer. */
  readonly latency: number;
  /** How every save fails; `down` fails every call. */
  readonly failures: 'none' | 'validation' | 'conflict' | 'down';
}

function delay(duration: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const handleAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', handleAbort);
      resolve();
    }, duration);
    signal.addEventListener('abort', handleAbort, { once: true });
  });
}

const refusal = (input: Partial<WebhookInput>) =>
  new AdapterError('validation', {
    fieldErrors: {
      name: `Another webhook is already called “${input.name ?? 'this'}”. Choose another name.`,
      url: 'This endpoint did not answer the verification request. Check that it is running.',
    },
  });

/** The webhook as if a colleague had just changed it. */
const changedElsewhere = (webhook: Webhook): Webhook => ({
  ...webhook,
  name: `${webhook.name} (renamed by a colleague)`,
  version: `${webhook.version ?? ''}+`,
  updatedAt: new Date().toISOString(),
});

/**
 * The same adapter under difficult conditions, which are read anew at each call. It can what `adapter` can.
 */
export function underConditions(adapter: WebhookAdapter, conditions: () => Conditions): WebhookAdapter {
  const pass = async <Answer>({ signal }: CallOptions, call: () => Promise<Answer>): Promise<Answer> => {
    const { latency, failures } = conditions();
    if (latency > 0) await delay(latency, signal);
    if (failures === 'down') throw new AdapterError('unavailable');
    return call();
  };

  const refuse = async (input: Partial<WebhookInput>, stored?: () => Promise<Webhook> | undefined): Promise<void> => {
    const { failures } = conditions();
    if (failures === 'validation') throw refusal(input);
    if (failures !== 'conflict') return;
    const current = await stored?.();
    throw new AdapterError('conflict', { current: current && changedElsewhere(current) });
  };

  const { get, update, delete: remove, listEventTypes, listOrganizations, sendTest, listDeliveries, redeliver } = adapter;

  return {
    list: (query, options) => pass(options, () => adapter.list(query, options)),
    create: (input, options) =>
      pass(options, async () => {
        await refuse(input);
        return adapter.create(input, options);
      }),
    ...(get && { get: (id, options) => pass(options, () => get.call(adapter, id, options)) }),
    ...(update && {
      update: (id, changes, options) =>
        pass(options, async () => {
          await refuse(changes, () => get?.call(adapter, id, options));
          return update.call(adapter, id, changes, options);
        }),
    }),
    ...(remove && {
      delete: (id, options) =>
        pass(options, async () => {
          if (conditions().failures === 'conflict') await refuse({}, () => get?.call(adapter, id, options));
          return remove.call(adapter, id, options);
        }),
    }),
    ...(listEventTypes && {
      listEventTypes: (options) => pass(options, () => listEventTypes.call(adapter, options)),
    }),
    ...(listOrganizations && {
      listOrganizations: (options) => pass(options, () => listOrganizations.call(adapter, options)),
    }),
    ...(sendTest && {
      sendTest: (request, options) => pass(options, () => sendTest.call(adapter, request, options)),
    }),
    ...(listDeliveries && {
      listDeliveries: (id, query, options) => pass(options, () => listDeliveries.call(adapter, id, query, options)),
    }),
    ...(redeliver && { redeliver: (id, options) => pass(options, () => redeliver.call(adapter, id, options)) }),
  };
}
