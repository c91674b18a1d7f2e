import { isStoredSecret } from './secret.js';

/** True when what a host stores may be what was sent: the same, but for the values of secrets, which nobody can compare. */
export function isStoredAs(sent: unknown, stored: unknown): boolean {
  if (isStoredSecret(stored)) return typeof sent === 'string' || isStoredSecret(sent);
  if (typeof stored !== 'object' || typeof sent !== 'object' || !stored || !sent) return stored === sent;
  const [one, other] = [stored, sent].map((value) => new Map(Object.entries(value))) as [Map<string, unknown>, Map<string, unknown>];
  return one.size === other.size && [...one].every(([name, value]) => isStoredAs(other.get(name), value));
}
