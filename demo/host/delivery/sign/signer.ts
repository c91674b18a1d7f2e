import type { AuthenticationInput, Header } from 'webhook-settings/core';

export type Credential<Type extends AuthenticationInput['type']> = Extract<AuthenticationInput, { type: Type }>['credentials'][number];

/** What is about to be sent, before it is authenticated. */
export interface UnsignedRequest {
  method: string;
  url: URL;
  headers: readonly Header[];
  body: string;
  messageId: string;
  /** Seconds since 1970. */
  timestamp: number;
}

/** A header of the request; `shown` is what the log has in place of a value that is secret. */
export interface SignedHeader extends Header {
  shown?: string;
}

export const MASK = '•••';
