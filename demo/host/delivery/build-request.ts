import { encodeBasicCredentials, type AuthenticationInput, type DeliveryAttempt, type WebhookInput } from 'webhook-settings/core';
import { secretValues } from '../webhooks/secrets.js';
import { serialize } from './body.js';
import { signAws4 } from './sign/aws4.js';
import { signBasic } from './sign/basic.js';
import { signHeaders } from './sign/headers.js';
import { signHmacSha256 } from './sign/hmac-sha256.js';
import { MASK, type Credential, type SignedHeader, type UnsignedRequest } from './sign/signer.js';
import { signToken } from './sign/token.js';
import { standardHeaders } from './standard-webhooks.js';

export interface Call {
  /** With the secrets in clear. */
  webhook: Pick<WebhookInput, 'url' | 'method' | 'contentType' | 'headers' | 'authentication'>;
  organizationId?: string | undefined;
  /** The same for each call of one event. */
  messageId: string;
  /** 1 for the first call. */
  attempt: number;
  payload: unknown;
  /** Signs the call of a webhook that has no secret of its own for it. */
  signingSecret: string;
  accessToken: (credential: Credential<'oauth2'>) => Promise<string>;
}

export interface BuiltRequest {
  method: string;
  url: URL;
  headers: SignedHeader[];
  body: string;
  /** All that must not be seen in the answer. */
  secrets: string[];
}

export const userAgent = 'webhook-settings-demo-host/1';

/** The credential of an organization, or the only one; undefined where there is none. */
export const credentialFor = <Some extends AuthenticationInput>({ organizationSpecific, credentials }: Some, organizationId?: string) =>
  (credentials as Some['credentials'][number][]).find((one) => !organizationSpecific || one.organizationId === organizationId);

async function signatureOf({ webhook: { authentication }, organizationId, accessToken }: Call, request: UnsignedRequest): Promise<SignedHeader[]> {
  const credential = credentialFor(authentication, organizationId);
  if (authentication.type !== 'none' && !credential) throw new Error('There is no credential for this organization.');
  switch (authentication.type) {
    case 'none':
      return [];
    case 'headers':
      return signHeaders(credential as Credential<'headers'>);
    case 'basic':
      return signBasic(credential as Credential<'basic'>);
    case 'token':
      return signToken(credential as Credential<'token'>);
    case 'aws4':
      return signAws4(credential as Credential<'aws4'>, request);
    case 'hmac-sha256':
      return signHmacSha256(credential as Credential<'hmac-sha256'>, request);
    case 'oauth2':
      return [{ key: 'Authorization', value: `Bearer ${await accessToken(credential as Credential<'oauth2'>)}`, shown: `Bearer ${MASK}` }];
  }
}

/** What the receiver will get, line by line. Rejects when no access token is to be had. */
export async function buildRequest(call: Call): Promise<BuiltRequest> {
  const { webhook, messageId, attempt, organizationId } = call;
  const url = new URL(webhook.url);
  const body = serialize(webhook.contentType, call.payload);
  const timestamp = Math.floor(Date.now() / 1000);
  const hmac = webhook.authentication.type === 'hmac-sha256' ? credentialFor(webhook.authentication, organizationId) : undefined;
  const own = [
    // Without a charset: JSON has no such parameter (RFC 8259 §11), XML says it in its first line.
    { key: 'Content-Type', value: webhook.contentType },
    { key: 'User-Agent', value: userAgent },
    ...webhook.headers,
  ];
  const standard = [
    ...standardHeaders(messageId, timestamp, body, (hmac?.clientSecret as string | undefined) ?? call.signingSecret),
    // A call that may have arrived before says so.
    ...(attempt > 1 ? [{ key: 'webhook-attempt', value: String(attempt) }] : []),
  ];
  const signature = await signatureOf(call, { method: webhook.method, url, headers: [...own, ...standard], body, messageId, timestamp });
  // In the order of the form's preview.
  const host = signature.find(({ key }) => key === 'Host') ?? { key: 'Host', value: url.host };
  const all: SignedHeader[] = [host, ...own, ...signature.filter((one) => one !== host), ...standard];
  const basics = webhook.authentication.type === 'basic' ? webhook.authentication.credentials : [];
  return {
    method: webhook.method,
    url,
    headers: all,
    body,
    secrets: [
      call.signingSecret,
      ...secretValues(webhook.authentication),
      ...basics.map(({ username, password }) => encodeBasicCredentials(username, password as string).slice('Basic '.length)),
      ...signature.flatMap(({ shown, value }) => (shown === undefined ? [] : [value.replace(/^(?:Bearer|Basic) /, '')])),
    ],
  };
}

/** The request as it may be seen. */
export const describeRequest = ({ method, url, headers, body }: BuiltRequest): DeliveryAttempt['request'] => ({
  method,
  url: url.href,
  headers: headers.map(({ key, value, shown }) => ({ key, value: shown ?? value })),
  body,
});
