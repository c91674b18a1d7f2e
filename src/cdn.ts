// The file for a script tag: registers both tags and exports what a page needs to speak to them. What a list does not need
// is fetched later, from beside it; so the rules of core, which the form alone uses, are not among the exports.
import './define.js';
import type { CollectionOptions } from './adapters/collection.js';
import { restCapabilities } from './adapters/rest-capabilities.js';
import type { WebhookAdapter } from './core/adapter.js';

export { AddWebhookModal } from './elements/add-webhook-modal/add-webhook-modal.js';
export { WebhookSettings, type Access } from './elements/webhook-settings/webhook-settings.js';
export * from './events/index.js';
export * from './core/ascii.js';
export * from './core/secret.js';
export * from './core/event-type.js';
export * from './core/organization.js';
export * from './core/header.js';
export * from './core/webhook.js';
export * from './core/page.js';
export * from './core/auth/index.js';
export * from './core/adapter-error.js';
export * from './core/adapter-reader.js';
export * from './core/messages/message.js';

type Collection = ReturnType<typeof import('./adapters/memory.js').createMemoryAdapter>;

/** An adapter whose code is fetched when it is first called: a page that brings its own does not pay for it. */
function fetched<Adapter extends WebhookAdapter>(methods: readonly (keyof WebhookAdapter)[], load: () => Promise<Adapter>): Adapter {
  let adapter: Promise<Adapter> | undefined;
  const call = async (method: keyof WebhookAdapter, parameters: unknown[]): Promise<unknown> => {
    adapter ??= load().catch((error: unknown) => {
      // The code could not be fetched: the next call tries again.
      adapter = undefined;
      throw error;
    });
    return ((await adapter)[method] as (...all: unknown[]) => unknown)(...parameters);
  };
  return Object.fromEntries(
    methods.map((method) => [method, (...parameters: unknown[]) => call(method, parameters)]),
  ) as unknown as Adapter;
}

const collection = (options: CollectionOptions = {}, load: () => Promise<Collection>) =>
  fetched(
    [
      'list',
      'get',
      'create',
      'update',
      'delete',
      ...(options.eventTypes ? (['listEventTypes'] as const) : []),
      ...(options.organizations ? (['listOrganizations'] as const) : []),
    ],
    load,
  );

export const createMemoryAdapter: typeof import('./adapters/memory.js').createMemoryAdapter = (options) =>
  collection(options, async () => (await import('./adapters/memory.js')).createMemoryAdapter(options));

export const createLocalAdapter: typeof import('./adapters/local.js').createLocalAdapter = (options) =>
  collection(options, async () => (await import('./adapters/local.js')).createLocalAdapter(options));

export const createRestAdapter: typeof import('./adapters/rest.js').createRestAdapter = (options) =>
  fetched(
    ['list', 'create', ...(options.capabilities ?? restCapabilities)],
    async () => (await import('./adapters/rest.js')).createRestAdapter(options),
  );
