import { authType, isStoredSecret, type WebhookInput } from 'webhook-settings/core';
import type { FieldError } from './check-input.js';
import type { WebhookRow } from './page.js';
import { secretSlots } from './secrets.js';

const originOf = (url: unknown) => (typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : '');

/**
 * Secrets to keep that would go elsewhere than where they were typed for: to another receiver, or to another provider of
 * tokens. Who may change an address does not therefore know the secret, and must not be able to have it sent to themselves.
 * Of each such secret its place, where the form has Replace.
 */
export function strayingSecrets(input: WebhookInput, { url, authentication }: Pick<WebhookRow, 'url' | 'authentication'>): FieldError[] {
  const addresses = authType(input.authentication.type)!.fields.filter(({ rule }) => rule === 'url').map(({ name }) => name);
  const stored = new Map(secretSlots(authentication).map(({ identity, credential }) => [identity, credential]));
  return secretSlots(input.authentication)
    .filter(({ identity, row, name, credential }) => {
      const before = stored.get(identity);
      // That there is nothing to keep is told elsewhere.
      if (!before || !isStoredSecret(row[name])) return false;
      const goes = addresses.filter((address) => credential[address] !== undefined);
      return originOf(url) !== originOf(input.url) || goes.some((address) => originOf(credential[address]) !== originOf(before[address]));
    })
    .map(({ path }) => ({ path, detail: 'Enter the secret again: the address changed.' }));
}
