import { isPublicAddress } from './address.js';
import { error, hasError, info, warning, type Finding } from './finding.js';
import { checkControl, checkLength, hasBidiOverride } from './text.js';

export interface UrlOptions {
  /** For a host's own development: http, private addresses, local names and single labels are legal. */
  readonly allowPrivateNetwork?: boolean;
}

export const MAX_URL_LENGTH = 2048;

/** Port 0 and the bad ports of WHATWG Fetch §2.9 “Port blocking”. */
const badPorts =
  ' 0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 ' +
  '119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 ' +
  '636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 ' +
  '6697 10080 ';

/** Names that resolve inside a network only: RFC 6761 §6.3, RFC 6762, RFC 8375, ICANN's `.internal`. */
const localName = /(?:^|\.)(?:localhost|localdomain|local|internal|home\.arpa)$/;

/** Names that never resolve: RFC 6761 §6.2, §6.4, §6.5 and RFC 2606 §2. A bare `test` stays a single label. */
const reservedName = /(?:^|\.)example$|\.(?:test|invalid)$/;

/** Parameter names (lower case, without separators) whose values are usually credentials (OWASP ASVS 14.2.1). */
const secretName =
  /token|secret|passw|pwd|credential|signature|(?:api|access|auth|private)key|^(?:key|pass|auth|sig|code|jwt)$/;

/** RFC 1035 §2.3.4, with the underscore that is in use. Chromium leaves `xn--` and `xn--a-`, which encode nothing, be. */
const hostLabel = /^(?!xn--(?:.*-)?$)[\w-]{1,63}$/;

/** What WHATWG URL §3.5 takes for an IPv4 address, in any spelling: its last label is a number. */
const endsInNumber = /(?:^|\.)(?:\d+|0x[\da-f]*)$/;

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Scheme, slashes, userinfo and host as they were typed, before `new URL()` mends them. Userinfo ends at the last `@`. */
const rawParts = (text: string) => /^([a-z][a-z\d+.-]*):(\/\/(?![/\\]))?(?:([^/\\?#]*)@)?([^/\\?#]*)/i.exec(text);

/** What is stored of a URL that someone typed: the text without the spaces around it, else as it was typed. */
export function normalizeUrl(value: string): string {
  // No regular expression: / +$/ takes quadratic time on a long run of spaces.
  let start = 0;
  let end = value.length;
  while (value[start] === ' ') start++;
  while (end > start && value[end - 1] === ' ') end--;
  return value.slice(start, end);
}

/**
 * Judges a host as `URL.hostname` gives it (WHATWG URL §3.5: lower case, punycode, IPv4 as four decimals, IPv6 in
 * brackets), a trailing dot aside. Returns errors for what is no host name (RFC 1035 §2.3.4, RFC 5891 §4.2.4), is not
 * public ({@link isPublicAddress}) or known only locally (RFC 6761, 6762, 8375); else warnings for names reserved for
 * documentation (RFC 2606) and hyphens at the edge of a label (RFC 952), and an info with the punycode (RFC 3492).
 */
export function checkHost(hostname: string, { allowPrivateNetwork = false }: UrlOptions = {}): Finding[] {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const params = { host: host || hostname };
  const address = /^\[(.*)\]$/.exec(host)?.[1] ?? (endsInNumber.test(host) ? host : undefined);
  if (address !== undefined)
    return allowPrivateNetwork || isPublicAddress(address) ? [] : [error('url.address', params)];

  const labels = host.split('.');
  if (host.length > 253 || !labels.every((label) => hostLabel.test(label))) return [error('url.host', params)];

  const reserved = reservedName.test(host);
  const local = localName.test(host) || (labels.length < 2 && !reserved);
  if (local && !allowPrivateNetwork) return [error('url.local', params)];
  return [
    ...(reserved ? [warning('url.reserved', params)] : []),
    ...(labels.some((label) => /^-|-$/.test(label)) ? [warning('url.hyphen', params)] : []),
    ...(labels.some((label) => label.startsWith('xn--')) ? [info('url.punycode', params)] : []),
  ];
}

/**
 * An endpoint, base endpoint, token or authorization URL, judged as it was typed and as `new URL()` reads it (WHATWG
 * URL §4.4): https, `//`, no userinfo (RFC 9110 §4.2.4), no fragment, no backslash, control or bidi character, no port 0
 * or bad port (WHATWG Fetch §2.9), at most 2048 characters, a public host ({@link checkHost}). Returns the errors; if
 * there are none, warnings (a secret in the query, an odd host) and infos.
 */
export function checkUrl(value: string, options: UrlOptions = {}): Finding[] {
  const text = normalizeUrl(value);
  const tooLong = checkLength(text, MAX_URL_LENGTH);
  if (tooLong.length) return tooLong;

  const [, scheme = '', slashes, userinfo, authority = ''] = rawParts(text) ?? [];
  if (!/^https?$/i.test(scheme)) return [error('url.absolute')];
  const errors = [
    ...checkControl(text),
    ...(hasBidiOverride(text) ? [error('text.bidi')] : []),
    ...(scheme.length === 4 && !options.allowPrivateNetwork ? [error('url.scheme')] : []),
    ...(text.includes('\\') ? [error('url.backslash')] : []),
    ...(slashes ? [] : [error('url.slashes')]),
    ...(userinfo === undefined ? [] : [error('url.userinfo')]),
    ...(text.includes('#') ? [error('url.fragment')] : []),
  ];
  const url = parseUrl(text);
  // Firefox parses no host with one of these; by the standard it is checkHost() that refuses it.
  if (!url && /[*"]/.test(authority)) errors.push(error('url.host', { host: authority.replace(/:\d*$/, '').toLowerCase() }));
  if (!url) return errors.length ? errors : [error('url.invalid')];

  if (url.port && badPorts.includes(` ${url.port} `)) errors.push(error('url.port', { port: url.port }));
  const host = checkHost(url.hostname, options);
  if (hasError(host)) errors.push(...host);
  if (errors.length) return errors;

  const isSecret = (name: string) => secretName.test(name.toLowerCase().replace(/[^a-z]/g, ''));
  const secret = [...url.searchParams].find(([name, value]) => value && isSecret(name));
  return [...(secret ? [warning('url.secretInQuery', { name: secret[0] })] : []), ...host];
}

/** Decodes what is percent-encoded UTF-8 and leaves the rest as it is (WHATWG URL §1.3 is as lenient). */
const decodePercent = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });

/**
 * Takes `user:pass@` out of a URL (RFC 3986 §3.2.1; the last `@` of the authority counts, as in WHATWG URL §4.4), so that
 * a form can offer to move it into Basic authentication. Returns the rest of the URL and both parts percent-decoded, or
 * undefined when there is nothing to move.
 */
export function splitUserinfo(value: string): { url: string; username: string; password: string } | undefined {
  const text = normalizeUrl(value);
  const [, scheme, slashes, userinfo] = rawParts(text) ?? [];
  if (!slashes || !userinfo || userinfo === ':') return undefined;
  const [username = ''] = userinfo.split(':', 1);
  const origin = `${scheme}:${slashes}`;
  return {
    url: origin + text.slice(origin.length + userinfo.length + 1),
    username: decodePercent(username),
    password: decodePercent(userinfo.slice(username.length + 1)),
  };
}

/**
 * The host of a URL as a person should see it: canonical with its port, and for an internationalized host that was typed
 * in Unicode both forms, `faß.de (xn--fa-hia.de)` (Unicode UTS #46, UTR #36 §2.2). Text that is no URL comes back as is.
 */
export function displayHost(value: string): string {
  const text = normalizeUrl(value);
  const host = parseUrl(text)?.host;
  if (!host) return text;
  const typed = rawParts(text)?.[4] ?? '';
  return /[^!-~]/.test(typed) && host.includes('xn--') ? `${typed} (${host})` : host;
}
