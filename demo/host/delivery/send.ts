import http, { type ClientRequest, type IncomingMessage } from 'node:http';
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
  const { code = '' } = error;
  if (error instanceof RefusedAddressError) return new SendError('refused-address', error);
  if (code === 'ETIMEDOUT') return new SendError('timeout', error);
  if (/^E(?:AI_|NOTFOUND|NODATA|SERVFAIL)/.test(code)) return new SendError('dns', error);
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_|INVALID_)/.test(code)) return new SendError('tls', error);
  return new SendError('connection', error);
}

const pairs = (raw: readonly string[]): Header[] =>
  raw.flatMap((key, index) => (index % 2 ? [] : [{ key, value: raw[index + 1] ?? '' }]));

/** Makes the call. `begun` gets the request, so that whoever waits can end it. */
function exchange({ method, url, headers, body = '' }: SendRequest, options: SendOptions, begun: (request: ClientRequest) => void) {
  return new Promise<Answer>((resolve, reject) => {
    if (hasError(judgeUrl(url.href, options.allowLoopback))) throw new RefusedAddressError();
    const target = targetOf(url, options);
    // Of an address in the URL itself no lookup is made.
    if (isIP(target.host) && !target.mayConnectTo(target.host)) throw new RefusedAddressError();

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
      maxHeaderSize: 16_384,
      ...(target.secure && { servername: isIP(target.serverName) ? '' : target.serverName, ca: target.ca }),
    });
    begun(request);
    const settle = ({ statusCode = 0, rawHeaders }: IncomingMessage, body = '', tooLarge?: true) =>
      resolve({ status: statusCode, headers: pairs(rawHeaders), body, ...(tooLarge && { tooLarge }) });
    let isAnswered = false;
    request.on('socket', (socket: Socket) => {
      socket.once('connect', () => {
        if (!target.mayConnectTo(socket.remoteAddress ?? '')) request.destroy(new RefusedAddressError());
      });
    });
    request.on('error', reject);
    request.on('close', () => {
      // Of an answer that is still being read its own `close` tells.
      if (!isAnswered) reject(new Error('The connection was closed.'));
    });
    // 101 Switching Protocols: nobody asked for it, and Node makes no response of it.
    request.on('upgrade', (response) => settle(response));
    request.on('response', (response) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      let size = 0;
      // PostgreSQL's text has no NUL.
      const text = () => Buffer.concat(chunks).subarray(0, options.maxResponseBytes).toString('utf8').replaceAll('\0', '\ufffd');
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > options.maxResponseBytes) settle(response, text(), true);
      });
      response.on('end', () => settle(response, text()));
      response.on('error', reject);
      response.on('close', () => {
        if (!response.complete) reject(new Error('The answer broke off.'));
      });
    });
    request.end(payload);
  });
}

/**
 * One HTTP call that cannot be turned against the host: the address is judged where it is dialled, nothing is followed,
 * and time and size have an end. Rejects with a {@link SendError}.
 */
export async function send(call: SendRequest, options: SendOptions): Promise<Answer> {
  let request: ClientRequest | undefined;
  let timer: NodeJS.Timeout | undefined;
  // The end does not depend on what Node tells of the connection, nor on what a receiver does with it.
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SendError('timeout')), options.timeoutMs);
  });
  try {
    return await Promise.race([exchange(call, options, (begun) => (request = begun)), tooLate]);
  } catch (error) {
    throw toSendError(error as NodeJS.ErrnoException);
  } finally {
    clearTimeout(timer);
    // Also of an upgrade, whose socket is the request's.
    request?.destroy();
    request?.socket?.destroy();
  }
}
