import type { Header } from 'webhook-settings/core';
import { MASK } from './sign/signer.js';
import { foldedLevels } from './unescape.js';

/** Shorter ones would turn ordinary text into dots; where they stand in a header of their own they are masked anyway. */
const SHORTEST = 4;
/** Fewer letters of base64 are likely to be a word. */
const SHORTEST_BASE64 = 8;
/** How many characters at most one of a secret becomes, when a receiver escapes it. */
const LONGEST_ESCAPE = 12;

/** The letters of base64 that stand for this secret alone, wherever it begins in what was encoded (RFC 4648 §4, §5). */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const whole = bytes.toString('base64').replace(/=+$/, '');
  const inner = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  const all = [whole, ...inner.filter(({ length }) => length >= SHORTEST_BASE64)];
  return [...all, ...all.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))];
}

export interface Mask {
  /** `isCut`: the text ends in the middle, and perhaps in the middle of a secret; then its end is left out. */
  text(text: string, isCut?: boolean): string;
  headers(headers: Header[]): Header[];
}

/**
 * Takes secrets out of what a receiver answers: it may repeat what it got, as it is, in another case, in base64 or hex, or
 * escaped for JSON, HTML or a URL.
 */
export function createMask(secrets: readonly string[]): Mask {
  const long = secrets.filter(({ length }) => length >= SHORTEST);
  const spellings = long.flatMap((secret) => [secret, Buffer.from(secret).toString('hex'), ...base64Of(secret)]);
  // Folded as the text is, for a secret that looks escaped itself.
  const needles = [...new Set(spellings.flatMap((one) => [...foldedLevels(one)].map(({ text }) => text)))].filter(({ length }) => length >= SHORTEST);
  const margin = Math.max(0, ...long.map(({ length }) => length)) * LONGEST_ESCAPE;

  /** Where secrets are in a text, as ranges in order. */
  function find(given: string): [from: number, to: number][] {
    const found: [number, number][] = [];
    for (const { text, starts } of foldedLevels(given))
      for (const needle of needles)
        for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) found.push([starts[at]!, starts[at + needle.length]!]);
    return found.sort(([a], [b]) => a - b);
  }

  function text(given: string, isCut = false): string {
    const end = isCut ? Math.max(0, given.length - margin) : given.length;
    let masked = '';
    let done = 0;
    for (const [from, to] of find(given)) {
      if (from >= end) break;
      // Those that overlap are one.
      if (from >= done) masked += given.slice(done, from) + MASK;
      done = Math.max(done, to);
    }
    return masked + given.slice(done, Math.max(done, end));
  }
  return { text, headers: (headers) => headers.map(({ key, value }) => ({ key: text(key), value: text(value) })) };
}
