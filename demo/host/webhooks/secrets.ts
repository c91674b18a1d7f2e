import {
  asciiLowercase,
  authType,
  isStoredSecret,
  toStoredSecret,
  type Authentication,
  type AuthenticationInput,
} from 'webhook-settings/core';
import { Problem } from '../problem.js';
import { UnreadableError, type Vault } from '../vault.js';

type Row = Record<string, unknown>;

/** A secret as the database has it. */
interface SealedSecret {
  sealed: string;
  hint?: string;
}

/** `authentication` with every secret sealed. */
export interface SealedAuthentication {
  type: Authentication['type'];
  organizationSpecific: boolean;
  credentials: Row[];
}

/** A place that holds a secret: `row[name]`. */
interface SecretSlot {
  path: string;
  /** The same for the secret of the same type, organization and (where rows repeat) key. */
  identity: string;
  /** The credential that the row is of, or is. */
  credential: Row;
  row: Row;
  name: string;
}

/** The secrets in an `authentication` of any form, found through the fields that its type declares. */
export function secretSlots({ type, credentials }: { type: string; credentials: readonly object[] }): SecretSlot[] {
  const { fields, list } = authType(type) ?? { fields: [], list: undefined };
  const names = fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
  return (credentials as Row[]).flatMap((credential, index) =>
    (list ? (credential[list] as Row[]) : [credential]).flatMap((row, place) =>
      names.map((name) => ({
        path: ['authentication.credentials', index, ...(list ? [list, place] : []), name].join('.'),
        identity: JSON.stringify([type, credential['organizationId'], list && asciiLowercase(String(row[fields[0]!.name])), name]),
        credential,
        row,
        name,
      })),
    ),
  );
}

/** Stored secrets that do not open any more. Nobody but a person can mend that: the problem names the place of each. */
export class UnreadableSecrets extends Problem {
  override readonly name = 'UnreadableSecrets';

  constructor(paths: readonly string[]) {
    super(422, 'What is stored of this webhook’s secrets cannot be read any more. Enter them again.', {
      errors: paths.map((path) => ({ path, detail: 'Enter this secret again.' })),
    });
  }
}

/** Opens the secrets of these places, each with what is sealed for it. @throws {UnreadableSecrets} with all that do not open */
function openAll(vault: Vault, webhookId: string, sealed: Iterable<readonly [SecretSlot, SealedSecret]>): void {
  const unreadable: string[] = [];
  for (const [{ path, identity, row, name }, secret] of sealed)
    try {
      row[name] = vault.open(secret.sealed, contextOf(webhookId, identity));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      unreadable.push(path);
    }
  if (unreadable.length) throw new UnreadableSecrets(unreadable);
}

const contextOf = (webhookId: string, identity: string) => `webhook ${webhookId} ${identity}`;

/**
 * Seals what was typed, and puts what is stored where `{ stored: true }` stands.
 *
 * @returns the sealed copy, and the paths of secrets to keep that are not stored
 */
export function sealAuthentication(vault: Vault, webhookId: string, input: AuthenticationInput, stored?: SealedAuthentication) {
  const authentication = structuredClone(input) as unknown as SealedAuthentication;
  const kept = new Map(stored && secretSlots(stored).map(({ identity, row, name }) => [identity, row[name]]));
  const missing = secretSlots(authentication).flatMap(({ path, identity, row, name }) => {
    const value = row[name];
    if (typeof value === 'string') {
      const { hint } = toStoredSecret(value);
      row[name] = { sealed: vault.seal(value, contextOf(webhookId, identity)), ...(hint !== undefined && { hint }) } satisfies SealedSecret;
      return [];
    }
    row[name] = kept.get(identity);
    return row[name] ? [] : [path];
  });
  return { authentication, missing };
}

/** What leaves the server: that a secret is stored, and its hint. */
export function describeAuthentication(sealed: SealedAuthentication): Authentication {
  const authentication = structuredClone(sealed);
  for (const { row, name } of secretSlots(authentication)) {
    const { hint } = row[name] as SealedSecret;
    row[name] = hint === undefined ? { stored: true } : { stored: true, hint };
  }
  return authentication as unknown as Authentication;
}

/** With the secrets in clear, for a call. @throws {UnreadableSecrets} */
export function openAuthentication(vault: Vault, webhookId: string, sealed: SealedAuthentication): AuthenticationInput {
  const authentication = structuredClone(sealed);
  openAll(vault, webhookId, secretSlots(authentication).map((slot) => [slot, slot.row[slot.name] as SealedSecret]));
  return authentication as unknown as AuthenticationInput;
}

/**
 * `input` with the secrets to keep in clear, for a test of what is in a form, and the paths of those that are not stored.
 *
 * @throws {UnreadableSecrets}
 */
export function fillAuthentication(vault: Vault, webhookId: string, input: AuthenticationInput, stored?: SealedAuthentication) {
  const authentication = structuredClone(input);
  const kept = new Map(stored && secretSlots(stored).map(({ identity, row, name }) => [identity, row[name] as SealedSecret]));
  const toKeep = secretSlots(authentication).filter(({ row, name }) => isStoredSecret(row[name]));
  openAll(vault, webhookId, toKeep.flatMap((slot) => {
    const secret = kept.get(slot.identity);
    return secret ? [[slot, secret] as const] : [];
  }));
  return { authentication, missing: toKeep.filter(({ identity }) => !kept.has(identity)).map(({ path }) => path) };
}

/** Every secret in clear that an opened `authentication` holds. */
export const secretValues = (authentication: AuthenticationInput): string[] =>
  secretSlots(authentication).flatMap(({ row, name }) => (typeof row[name] === 'string' && row[name] ? [row[name]] : []));
