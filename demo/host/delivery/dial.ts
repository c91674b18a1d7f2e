import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from 'webhook-settings/core';
import { isLoopbackUrl } from '../webhooks/judge-url.js';

/** Public names that this demo answers for itself: what its receivers are called in the form. */
export interface LocalNames {
  /** Such as `.receivers.example`. */
  suffix: string;
  address: string;
  port: number;
  /** The certificate authority that vouches for them, and for them alone. */
  ca: string;
  /** Where a browser, which does not know these names, finds the login page among them. */
  browserOrigin: string;
}

export interface DialOptions {
  /** The demo's switch: receivers on this machine may be called, over http too. */
  allowLoopback: boolean;
  localNames?: LocalNames | undefined;
  /** Instead of the system's; answers with every address of a name. */
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
}

/** Where a call goes, and which address it may be connected to. */
export interface Target {
  host: string;
  port: number;
  secure: boolean;
  /** The name in the certificate. */
  serverName: string;
  ca?: string;
  lookup: LookupFunction;
  mayConnectTo(address: string): boolean;
}

export class RefusedAddressError extends Error {
  readonly code = 'REFUSED_ADDRESS';

  constructor() {
    super('The address is private or reserved.');
  }
}

const isLoopbackAddress = (address: string) => /^(?:127\.|::1$|::ffff:127\.)/.test(address);

const resolveBySystem = (hostname: string) =>
  new Promise<LookupAddress[]>((resolve, reject) =>
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses))),
  );

/**
 * The rule for addresses once more, on those that a name resolves to at this moment: the form saw the name only, and a
 * name may answer differently each time (DNS rebinding). What the lookup lets through is what gets dialled.
 */
const guardedLookup =
  (resolve: (hostname: string) => Promise<LookupAddress[]>, isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed = addresses.filter(({ address }) => isAllowed(address));
        const [first] = allowed;
        if (!first) return callback(new RefusedAddressError(), '', 0);
        return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };

export function targetOf(url: URL, { allowLoopback, localNames, resolve = resolveBySystem }: DialOptions): Target {
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const own = allowLoopback && localNames && host.endsWith(localNames.suffix) ? localNames : undefined;
  if (own) {
    const only = (address: string) => address === own.address;
    return {
      ...{ host: own.address, port: own.port, secure, serverName: host, ca: own.ca },
      ...{ lookup: guardedLookup(resolve, only), mayConnectTo: only },
    };
  }
  const isAllowed = allowLoopback && isLoopbackUrl(url.href) ? isLoopbackAddress : isPublicAddress;
  const port = Number(url.port) || (secure ? 443 : 80);
  return { host, port, secure, serverName: host, lookup: guardedLookup(resolve, isAllowed), mayConnectTo: isAllowed };
}
