import {
  asciiLowercase,
  authType,
  isStoredSecret,
  toStoredSecret,
  type Authentication,
  type AuthenticationInput,
} from 'webhook-settings/core';
import type { Vault } from '../vault.js';

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

/** With the secrets in clear, for a call. */
export function openAuthentication(vault: Vault, webhookId: string, sealed: SealedAuthentication): AuthenticationInput {
  const authentication = structuredClone(sealed);
  for (const { identity, row, name } of secretSlots(authentication))
    row[name] = vault.open((row[name] as SealedSecret).sealed, contextOf(webhookId, identity));
  return authentication as unknown as AuthenticationInput;
}

/** `input` with the secrets to keep in clear, for a test of what is in a form. Undefined where one is not stored. */
export function fillAuthentication(vault: Vault, webhookId: string, input: AuthenticationInput, stored?: SealedAuthentication) {
  const authentication = structuredClone(input);
  const kept = new Map(stored && secretSlots(stored).map(({ identity, row, name }) => [identity, row[name] as SealedSecret]));
  const missing = secretSlots(authentication).flatMap(({ path, identity, row, name }) => {
    if (!isStoredSecret(row[name])) return [];
    const secret = kept.get(identity);
    if (!secret) return [path];
    row[name] = vault.open(secret.sealed, contextOf(webhookId, identity));
    return [];
  });
  return { authentication, missing };
}

/** Every secret in clear that an opened `authentication` holds. */
export const secretValues = (authentication: AuthenticationInput): string[] =>
  secretSlots(authentication).flatMap(({ row, name }) => (typeof row[name] === 'string' && row[name] ? [row[name]] : []));
