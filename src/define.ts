import { AddWebhookModal } from './elements/add-webhook-modal/add-webhook-modal.js';
import { WebhookSettings } from './elements/webhook-settings/webhook-settings.js';
import { version } from './version.js';

const versionKey = Symbol.for('webhook-settings.version');

// Registers both tags. A second copy on the page changes nothing: the first one stays; where their versions differ it
// says so in the console.
for (const [tag, element] of [
  ['webhook-settings', WebhookSettings],
  ['add-webhook-modal', AddWebhookModal],
] as const) {
  const known = customElements.get(tag) as { [versionKey]?: string } | undefined;
  if (!known) {
    Object.defineProperty(element, versionKey, { value: version });
    customElements.define(tag, element);
  } else if (known[versionKey] !== version) {
    console.warn(`<${tag}> ${known[versionKey] ?? '(unknown version)'} is already registered; ${version} is not used.`);
  }
}
