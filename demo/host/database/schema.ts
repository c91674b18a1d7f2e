import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ContentType, DeliveryAttempt, Header, HttpMethod } from 'webhook-settings/core';
import type { SealedAuthentication } from '../webhooks/secrets.js';

/** Read as a Date, written as one. */
type Timestamp = ColumnType<Date, Date, Date>;
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Json<Value> = JSONColumnType<Value & object, string, string>;

export interface AccountTable {
  id: string;
  name: string;
  /** Whether the webhooks feature is turned on. */
  enabled: boolean;
  /** Sealed; signs the calls of webhooks that have no secret of their own for it. */
  signing_secret: string;
}

export interface UserTable {
  id: string;
  account_id: string;
  name: string;
  role: 'admin' | 'member';
}

export interface SessionTable {
  /** SHA-256 of what the cookie holds: who reads the database cannot sign in with it. */
  token_hash: string;
  user_id: string;
  expires_at: Timestamp;
}

export interface OrganizationTable {
  account_id: string;
  id: string;
  name: string;
}

export interface WebhookTable {
  id: string;
  account_id: string;
  /** In the order of creation; what cursors count by. */
  seq: Generated<number>;
  version: Generated<number>;
  name: string;
  /** The name as it is sorted by (fold.ts). */
  name_key: string;
  /** Name and URL as they are searched in. */
  search_key: string;
  events: string[];
  url: string;
  method: HttpMethod;
  content_type: ContentType;
  headers: Json<Header[]>;
  test: boolean;
  active: boolean;
  authentication: Json<SealedAuthentication>;
  created_at: Timestamp;
  updated_at: Timestamp;
  failing_since: NullableTimestamp;
  consecutive_failures: Generated<number>;
  deactivated_reason: string | null;
  /** The receiver asked to be left alone until then (Retry-After). */
  paused_until: NullableTimestamp;
}

export interface IdempotencyKeyTable {
  account_id: string;
  key: string;
  /** A keyed hash of the request: it must not tell anything of the secrets in it. */
  request_hash: string;
  webhook_id: string;
  created_at: Timestamp;
}

export interface EventTable {
  id: string;
  account_id: string;
  organization_id: string | null;
  type: string;
  environment: 'live' | 'test';
  payload: Json<unknown>;
  created_at: Timestamp;
}

/** A call of a receiver: made, or due. A pending row is a job of the queue. */
export interface AttemptTable {
  id: string;
  seq: Generated<number>;
  account_id: string;
  webhook_id: string;
  event_id: string;
  /** Of all calls of this event, those that a person asked for included. */
  number: number;
  /** Of the calls of its chain: the first one and its retries. */
  tries: Generated<number>;
  outcome: 'pending' | 'succeeded' | 'failed';
  /** When it is due, and once made, when it began. */
  started_at: Timestamp;
  /** Set while a process works on it. After that time the process is taken for dead. */
  claimed_until: NullableTimestamp;
  claimed_by: string | null;
  /** False for a redelivery that a person asked for: it is one call. */
  retries: boolean;
  duration_ms: number | null;
  next_attempt_at: NullableTimestamp;
  error: string | null;
  request: JSONColumnType<DeliveryAttempt['request'], string | null, string> | null;
  response: JSONColumnType<NonNullable<DeliveryAttempt['response']>, string | null, string | null> | null;
}

export interface OAuthTokenTable {
  webhook_id: string;
  /** '' where the credential is no organization's. */
  organization_id: string;
  /** The fingerprint of the credential that they were fetched with. */
  credential: string;
  access_token: string | null;
  refresh_token: string | null;
  expires_at: NullableTimestamp;
  /** Set while a process asks the provider for new ones. */
  refreshing_until: NullableTimestamp;
}

/** A login at a provider that has been started and has not come back. */
export interface OAuthLoginTable {
  state_hash: string;
  user_id: string;
  account_id: string;
  webhook_id: string;
  organization_id: string;
  /** The fingerprint of the credential that the login began with. */
  credential: string;
  code_verifier: string;
  expires_at: Timestamp;
}

/** One row, to tell the right key from a wrong one. */
export interface KeyCheckTable {
  id: number;
  sealed: string;
}

export interface Schema {
  accounts: AccountTable;
  users: UserTable;
  sessions: SessionTable;
  organizations: OrganizationTable;
  webhooks: WebhookTable;
  idempotency_keys: IdempotencyKeyTable;
  events: EventTable;
  attempts: AttemptTable;
  oauth_tokens: OAuthTokenTable;
  oauth_logins: OAuthLoginTable;
  key_checks: KeyCheckTable;
}
