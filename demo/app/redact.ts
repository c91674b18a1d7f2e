import { authType, type WebhookInput } from 'webhook-settings/core';

const REDACTED = '•••';

/** A copy of `input` to show to people: each secret that was typed is replaced. Which fields are secret the types say. */
export function redact<Input extends Partial<WebhookInput>>(input: Input): Input {
  const secrets = new Set(
    authType(input.authentication?.type ?? '')
      ?.fields.filter(({ kind }) => kind === 'secret')
      .map(({ name }) => name),
  );
  const copy = JSON.stringify(input.authentication ?? null, (name, value: unknown) =>
    secrets.has(name) && typeof value === 'string' ? REDACTED : value,
  );
  return { ...input, ...(input.authentication && { authentication: JSON.parse(copy) as unknown }) };
}
