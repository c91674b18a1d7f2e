import { asciiLowercase } from '../ascii.js';
import { error, type Finding, type FindingCode } from './finding.js';
import { checkControl, checkLength } from './text.js';

export const MAX_HEADERS = 50;
export const MAX_HEADER_NAME_LENGTH = 100;
export const MAX_HEADER_VALUE_LENGTH = 4096;

/** What else a custom header has to share the request with. */
export interface HeaderContext {
  /** The webhook's `authentication.type`. */
  readonly authenticationType?: string;
  /** Names of the headers that carry its credentials or its signature. */
  readonly credentialHeaders?: readonly string[];
}

/**
 * Names that a person may not set, by reason: RFC 9110 §7.6.1, §7.8, §10.1.1 and RFC 9113 §8.2.2 (connection), Standard
 * Webhooks and AWS Signature Version 4 (sender), WHATWG Fetch "forbidden request-header" (browser, method), RFC 7239.
 */
const reserved: readonly (readonly [FindingCode, RegExp])[] = [
  ['header.connection', /^(?:connection|keep-alive|te|trailers?|transfer-encoding|upgrade|http2-settings|proxy-.*)$/],
  ['header.connection', /^(?:content-length|host|expect)$/],
  ['header.contentType', /^content-type$/],
  ['header.sender', /^(?:user-agent|date|via|webhook-(?:id|timestamp|signature)|svix-.*|x-amz-.*)$/],
  ['header.browser', /^(?:(?:set-)?cookie2?|origin|referer|sec-.*)$/],
  ['header.forwarded', /^(?:forwarded|x-forwarded-.*|x-real-ip)$/],
  ['header.method', /^x-(?:http-)?method(?:-override)?$/],
];

/** Types that write `Authorization` themselves (RFC 7617 §2, SigV4, RFC 6750 §2.1). */
const ownsAuthorization = /^(?:basic|aws4|hmac-sha256|oauth2)$/;

/**
 * The name of a custom header: `1*tchar` (RFC 9110 §5.6.2), at most 100 characters, none that the sender, the connection
 * or the authentication beside it owns. Returns one error with the reason, or none.
 */
export function checkHeaderName(name: string, context: HeaderContext = {}): Finding[] {
  const { authenticationType = '', credentialHeaders = [] } = context;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [error('header.syntax')];
  const tooLong = checkLength(name, MAX_HEADER_NAME_LENGTH);
  if (tooLong.length) return tooLong;

  const lower = asciiLowercase(name);
  const isCredential =
    (lower === 'authorization' && ownsAuthorization.test(authenticationType)) ||
    credentialHeaders.some((other) => asciiLowercase(other) === lower);
  const reason = reserved.find(([, names]) => names.test(lower))?.[0] ?? (isCredential && 'header.credential');
  return reason ? [error(reason, { name })] : [];
}

/** The name of a header that carries a credential (types Headers and Token): as above, and `Authorization` is legal. */
export const checkCredentialHeaderName = (name: string): Finding[] => checkHeaderName(name);

/**
 * The value of a header: visible ASCII with inner spaces and tabs (RFC 9110 §5.5: `obs-text` is not for new senders), at
 * most 4096 characters. Returns all errors.
 */
export function checkHeaderValue(value: string): Finding[] {
  const text = value.replaceAll('\t', ' ');
  const control = checkControl(text);
  return [
    ...control,
    ...(!control.length && /[^ -~]/.test(text) ? [error('header.ascii')] : []),
    ...(/^ | $/.test(text) ? [error('header.outerSpace')] : []),
    ...checkLength(value, MAX_HEADER_VALUE_LENGTH),
  ];
}

/** Returns the indexes of names that an earlier one already has, whatever the case (RFC 9110 §5.1). Empty ones pass. */
export function duplicateHeaderIndexes(names: readonly string[]): number[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    const lower = asciiLowercase(name);
    if (lower && seen.has(lower)) return [index];
    seen.add(lower);
    return [];
  });
}
