import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FORMAT = 'v1';
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** What was sealed does not open: it was damaged, or sealed with another key or for another place. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** Keeps secrets readable to this host alone: AES-256-GCM (NIST SP 800-38D). */
export interface Vault {
  /** `context` says what the secret is for; it opens in no other place. */
  seal(text: string, context: string): string;
  /** @throws {UnreadableError} */
  open(sealed: string, context: string): string;
  /** A keyed hash, to compare what may hold secrets. */
  fingerprint(text: string): string;
}

/** @param key 32 bytes */
export function createVault(key: Buffer): Vault {
  if (key.length !== 32) throw new Error('The key must be of 32 bytes.');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
  const sealing = derive('secrets at rest');
  const hashing = derive('fingerprints');
  return {
    seal(text, context) {
      const iv = randomBytes(IV_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${FORMAT}.${Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url')}`;
    },
    open(sealed, context) {
      const [format, text = ''] = sealed.split('.');
      if (format !== FORMAT) throw new UnreadableError('A secret is sealed in a way that this host does not know.');
      const bytes = Buffer.from(text, 'base64url');
      const tagAt = bytes.length - TAG_LENGTH;
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, IV_LENGTH), { authTagLength: TAG_LENGTH })
          .setAAD(Buffer.from(context))
          .setAuthTag(bytes.subarray(tagAt));
        return decipher.update(bytes.subarray(IV_LENGTH, tagAt), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new UnreadableError('A secret does not open.', { cause });
      }
    },
    fingerprint: (text) => createHmac('sha256', hashing).update(text).digest('base64url'),
  };
}

/** The key from `given` (base64), else the one in `folder`, made there on the first run. */
export function loadKey(folder: string, given?: string): Buffer {
  if (given) return Buffer.from(given, 'base64');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'key');
  try {
    // `wx`: of two processes that start together, one makes the key and the other reads it.
    writeFileSync(file, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64');
}
