import { createHash, createHmac, type BinaryLike } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credential, SignedHeader, UnsignedRequest } from './signer.js';

/** SHA-256 in the shape that the signer asks for. */
class Sha256 {
  readonly #hash;

  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as BinaryLike);
  }

  update(data: unknown): void {
    this.#hash.update(data as BinaryLike);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error('A hash is used once.');
  }
}

/** S3 takes paths as they are; every other service wants them encoded once more (AWS General Reference, SigV4). */
const takesPathAsIs = (service: string) => service === 's3';

export interface Aws4Key {
  accessKey: string;
  secretKey: string;
  region: string;
  service: string;
}

export interface Aws4Request {
  method: string;
  /** Percent-encoded, as on the wire. */
  path: string;
  query: Record<string, string | string[] | null>;
  /** With `host`. */
  headers: Record<string, string>;
  body: string;
}

const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** The library gathers parameters in an object of its own, which has no place for one named `__proto__`. */
class Signer extends SignatureV4 {
  readonly query: Aws4Request['query'];

  constructor(init: ConstructorParameters<typeof SignatureV4>[0], query: Aws4Request['query']) {
    super(init);
    this.query = query;
  }

  override createCanonicalRequest(...given: Parameters<SignatureV4['createCanonicalRequest']>): string {
    const canonical = super.createCanonicalRequest(...given);
    if (!Object.hasOwn(this.query, '__proto__')) return canonical;
    const pairs = Object.entries(this.query).flatMap(([name, value]) => [value ?? ''].flat().map((one) => [encode(name), encode(one)] as const));
    pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
    const [method, path, , ...rest] = canonical.split('\n');
    return [method, path, pairs.map((pair) => pair.join('=')).join('&'), ...rest].join('\n');
  }
}

/** Returns the headers of `request` with those of AWS Signature Version 4 among them. */
export async function signAws4Request(request: Aws4Request, key: Aws4Key, date: Date, withContentHash = true): Promise<Record<string, string>> {
  const signer = new Signer({
    credentials: { accessKeyId: key.accessKey, secretAccessKey: key.secretKey },
    region: key.region,
    service: key.service,
    sha256: Sha256,
    uriEscapePath: !takesPathAsIs(key.service),
    applyChecksum: withContentHash,
  }, request.query);
  const { headers } = await signer.sign(
    { ...request, protocol: 'https:', hostname: request.headers['host']! },
    { signingDate: date },
  );
  return headers;
}

/** The parameters of a query, repeated ones together. */
export function queryBag(parameters: URLSearchParams): Record<string, string | string[]> {
  const bag = new Map<string, string[]>();
  for (const [name, value] of parameters) bag.set(name, [...(bag.get(name) ?? []), value]);
  return Object.fromEntries([...bag].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

/**
 * AWS4. The signature is made for the host of the Base Endpoint, which then travels as `Host`; the call goes to the
 * webhook's URL. They differ where a gateway of one's own stands before AWS.
 */
export async function signAws4(credential: Credential<'aws4'>, request: UnsignedRequest): Promise<SignedHeader[]> {
  const host = new URL(credential.baseEndpoint).host;
  const own = Object.fromEntries(request.headers.map(({ key, value }) => [key.toLowerCase(), value.trim().replace(/\s+/g, ' ')]));
  const signed = await signAws4Request(
    {
      method: request.method,
      path: request.url.pathname,
      query: queryBag(request.url.searchParams),
      headers: { ...own, host },
      body: request.body,
    },
    { ...credential, secretKey: credential.secretKey as string },
    new Date(request.timestamp * 1000),
  );
  return ['Host', 'X-Amz-Content-Sha256', 'X-Amz-Date', 'Authorization'].map((key) => ({ key, value: signed[key.toLowerCase()]! }));
}
