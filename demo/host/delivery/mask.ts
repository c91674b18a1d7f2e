import type { Header } from 'webhook-settings/core';
import { MASK } from './sign/signer.js';

/** Shorter ones would turn ordinary text into dots; where they stand in a header of their own they are masked anyway. */
const SHORTEST = 4;

const spellings = (secret: string) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
];

/** Takes secrets out of what a receiver answers: it may repeat what it got. */
export function createMask(secrets: readonly string[]): { text(text: string): string; headers(headers: Header[]): Header[] } {
  const found = [...new Set(secrets.filter(({ length }) => length >= SHORTEST).flatMap(spellings))].sort((a, b) => b.length - a.length);
  const text = (given: string) => found.reduce((masked, secret) => masked.replaceAll(secret, MASK), given);
  return { text, headers: (headers) => headers.map(({ key, value }) => ({ key, value: text(value) })) };
}
