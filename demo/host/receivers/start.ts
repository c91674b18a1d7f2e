import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createRemoteJWKSet } from 'jose';
import type { LocalNames } from '../delivery/dial.js';
import { makeCertificate } from './certificate.js';
import { demoCredentials } from './credentials.js';
import { catalogue } from './catalogue.js';
import { audience, createProvider } from './provider.js';
import * as verify from './verify.js';

export interface ReceiverOptions {
  /** The secret that calls are signed with whose webhook has none of its own. */
  signingSecret: () => Promise<string>;
  credentials?: typeof demoCredentials;
  port?: number;
  accessTokenTtl?: number;
}

export interface Arrival extends verify.Received {
  at: string;
  receiver: string;
  /** Why it was not let in; absent when all was well. */
  refused?: string;
}

export interface Receivers {
  /** Over http, for calls by address. */
  url: string;
  issuer: string;
  /** What the host has to know to call them by name, over https. */
  localNames: LocalNames;
  /** Newest last. */
  arrivals: Arrival[];
  close(): Promise<void>;
}

const SUFFIX = '.receivers.example';
const KEPT = 200;
const LARGE = 1024 * 1024;

const listen = (server: Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const readText = async (request: IncomingMessage) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** Receivers that are in trouble, by path: how they answer. */
const troubles: Record<string, (response: ServerResponse, count: number) => void> = {
  // Fails twice, then works.
  flaky: (response, count) => response.writeHead(count % 3 === 0 ? 204 : 500).end(),
  down: (response) => response.writeHead(500).end('out of order'),
  busy: (response) => response.writeHead(429, { 'retry-after': '3' }).end(),
  gone: (response) => response.writeHead(410).end(),
  hang: () => {},
  redirect: (response) => response.writeHead(302, { location: 'https://example.com/' }).end(),
  large: (response) => response.writeHead(200).end('x'.repeat(LARGE)),
};

/** Receivers for each way to authenticate, and a provider of tokens, on this machine. */
export async function startReceivers(options: ReceiverOptions): Promise<Receivers> {
  const { signingSecret, credentials = demoCredentials, port = 0, accessTokenTtl = 300 } = options;
  const arrivals: Arrival[] = [];
  const counts = new Map<string, number>();
  let handleLogin: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;
  let verifiers: Record<string, verify.Verify> = {};

  async function receive(request: IncomingMessage, response: ServerResponse, receiver: string) {
    const { method = '', url: path = '' } = request;
    const arrival: Arrival = { at: new Date().toISOString(), receiver, method, path, headers: verify.headersOf(request), body: await readText(request) };
    const trouble = troubles[receiver];
    try {
      await verifiers[receiver]?.(arrival);
      const own = receiver === 'hmac-sha256' ? () => Promise.resolve(credentials.hmac.clientSecret) : signingSecret;
      await verify.verifyStandardWebhooks(own)(arrival);
    } catch (error) {
      arrival.refused = (error as Error).message;
    }
    arrivals.push(arrival);
    arrivals.splice(0, arrivals.length - KEPT);
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (trouble) return trouble(response, count);
    const answer = arrival.refused === undefined ? { received: true } : { error: arrival.refused };
    return response.writeHead(arrival.refused === undefined ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://receivers.invalid');
    const [, top = '', receiver = ''] = pathname.split('/');
    if (top === 'hooks') return void receive(request, response, receiver).catch(() => response.destroy());
    if (pathname === '/receivers/arrivals') return response.setHeader('content-type', 'application/json').end(JSON.stringify(arrivals));
    if (pathname === '/receivers/catalogue') return response.setHeader('content-type', 'application/json').end(JSON.stringify(catalogue(credentials)));
    return handleLogin(request, response);
  };

  const certificate = await makeCertificate(SUFFIX);
  const plain = http.createServer(handle);
  const secure = https.createServer(certificate, handle);
  const url = `http://127.0.0.1:${await listen(plain, port)}`;
  const securePort = await listen(secure, 0);
  const provider = await createProvider({ issuer: url, credentials, accessTokenTtl });
  handleLogin = provider.callback();
  verifiers = {
    headers: verify.verifyHeaders(credentials.headers),
    basic: verify.verifyBasic(credentials.basic),
    token: verify.verifyToken(credentials.token),
    aws4: verify.verifyAws4(credentials.aws4),
    'hmac-sha256': verify.verifyHmac(credentials.hmac),
    oauth2: verify.verifyOAuth2(createRemoteJWKSet(new URL(`${url}/jwks`)), { issuer: url, audience }),
  };

  return {
    url,
    issuer: url,
    localNames: { suffix: SUFFIX, address: '127.0.0.1', port: securePort, ca: certificate.cert, browserOrigin: url },
    arrivals,
    async close() {
      const closed = [plain, secure].map((server) => new Promise((resolve) => server.close(resolve)));
      plain.closeAllConnections();
      secure.closeAllConnections();
      await Promise.all(closed);
    },
  };
}
