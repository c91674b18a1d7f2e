import { hmacSha256, signedContent, signingKey } from '../standard-webhooks.js';
import type { Credential, SignedHeader, UnsignedRequest } from './signer.js';

/**
 * HMAC-SHA256 (RFC 2104):
 *
 * - who: `ClientId`, percent-encoded, since a header is ASCII and an id need not be;
 * - over what: the headers `webhook-id` and `webhook-timestamp` and the body, joined by dots, as Standard Webhooks has it,
 *   so that neither the body nor the time of a call can be exchanged;
 * - which header: `Authorization: HMAC-SHA256 ClientId="…", Signature="<base64>"`.
 *
 * The key is the client secret in UTF-8; of one that starts with `whsec_`, the bytes that its base64 stands for.
 */
export function signHmacSha256({ clientId, clientSecret }: Credential<'hmac-sha256'>, request: UnsignedRequest): SignedHeader[] {
  const content = signedContent(request.messageId, request.timestamp, request.body);
  const signature = hmacSha256(signingKey(clientSecret as string), content).toString('base64');
  return [{ key: 'Authorization', value: `HMAC-SHA256 ClientId="${encodeURIComponent(clientId)}", Signature="${signature}"` }];
}
