import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Header } from 'webhook-settings/core';
import { hasError } from 'webhook-settings/core';
import { judgeUrl } from '../webhooks/judge-url.js';
import { RefusedAddressError, targetOf, type DialOptions } from './dial.js';

export interface SendOptions extends DialOptions {
  timeoutMs: number;
  /** How long an answer may be. */
  maxResponseBytes: number;
}

export interface SendRequest {
  method: string;
  url: URL;
  headers: readonly Header[];
  body?: string | undefined;
}

export interface Answer {
  status: number;
  headers: Header[];
  body: string;
  /** Set when there was more of it than may be. */
  tooLarge?: true;
}

/** Why there is no answer, as a code of the delivery log. */
export class SendError extends Error {
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** The codes of Node and OpenSSL, grouped as a person would. */
function toSendError(error: NodeJS.ErrnoException): SendError {
  if (error instanceof SendError) return error;
  const { code = '', name } = error;
  if (error instanceof RefusedAddressError) return new SendError('refused-address', error);
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT') return new SendError('timeout', error);
  if (/^E(?:AI_|NOTFOUND|NODATA|SERVFAIL)/.test(code)) return new SendError('dns', error);
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_|INVALID_)/.test(code)) return new SendError('tls', error);
  return new SendError('connection', error);
}

const pairs = (raw: readonly string[]): Header[] =>
  raw.flatMap((key, index) => (index % 2 ? [] : [{ key, value: raw[index + 1] ?? '' }]));

/**
 * One HTTP call that cannot be turned against the host: the address is judged where it is dialled, nothing is followed,
 * and time and size have an end. Rejects with a {@link SendError}.
 */
export function send({ method, url, headers, body = '' }: SendRequest, options: SendOptions): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const fail = (error: unknown) => reject(toSendError(error as NodeJS.ErrnoException));
    if (hasError(judgeUrl(url.href, options.allowLoopback))) return fail(new RefusedAddressError());
    const target = targetOf(url, options);
    // Of an address in the URL itself no lookup is made.
    if (isIP(target.host) && !target.mayConnectTo(target.host)) return fail(new RefusedAddressError());

    const signal = AbortSignal.timeout(options.timeoutMs);
    const payload = Buffer.from(body);
    const hasHost = headers.some(({ key }) => key.toLowerCase() === 'host');
    const request = (target.secure ? https : http).request({
      method,
      host: target.host,
      port: target.port,
      path: url.pathname + url.search,
      // A flat list: a header may be called `__proto__`.
      headers: [
        ...(hasHost ? [] : ['Host', url.host]),
        ...headers.flatMap(({ key, value }) => [key, value]),
        ...['Accept-Encoding', 'identity', 'Content-Length', String(payload.length), 'Connection', 'close'],
      ],
      lookup: target.lookup,
      agent: false,
      signal,
      maxHeaderSize: 16_384,
      ...(target.secure && { servername: isIP(target.serverName) ? '' : target.serverName, ca: target.ca }),
    });
    request.on('socket', (socket: Socket) => {
      socket.once('connect', () => {
        if (!target.mayConnectTo(socket.remoteAddress ?? '')) request.destroy(new RefusedAddressError());
      });
    });
    request.on('error', (error) => fail(signal.aborted ? signal.reason : error));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (tooLarge?: true) => {
        const text = Buffer.concat(chunks).subarray(0, options.maxResponseBytes).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: pairs(response.rawHeaders),
          // PostgreSQL's text has no NUL.
          body: text.replaceAll('\0', '\ufffd'),
          ...(tooLarge && { tooLarge }),
        });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= options.maxResponseBytes) return;
        settle(true);
        request.destroy();
      });
      response.on('end', () => settle());
      response.on('error', (error) => fail(signal.aborted ? signal.reason : error));
      response.on('close', () => {
        if (!response.complete) fail(signal.aborted ? signal.reason : new Error('The answer broke off.'));
      });
    });
    request.end(payload);
    return undefined;
  });
}
