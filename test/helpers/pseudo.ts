import type { Message, Messages } from '../../src/core/messages/index.js';
import { messages as english } from '../../src/locales/en.js';

const accents: Readonly<Record<string, string>> = {
  ...{ a: 'à', e: 'é', i: 'î', o: 'ö', u: 'ü', c: 'ç', n: 'ñ', y: 'ÿ', s: 'š' },
  ...{ A: 'Å', E: 'É', I: 'Î', O: 'Ö', U: 'Ü', C: 'Ç', N: 'Ñ', S: 'Š' },
};
/** How much longer than English a translation may be. */
const GROWTH = 0.4;
const filler = 'löñg wörds fîll thé spàçé ';

/** A text with accents, 40 % longer, in brackets; its placeholders as they were. */
function stretch(text: string): string {
  const accented = text.replace(/\{\w+\}|\w/g, (one) => accents[one] ?? one);
  const length = Math.ceil(text.length * GROWTH);
  return `[${accented} ${filler.repeat(Math.ceil(length / filler.length)).slice(0, length).trim()}]`;
}

const stretchAll = (message: Message): Message =>
  typeof message === 'string'
    ? stretch(message)
    : (Object.fromEntries(Object.entries(message).map(([category, text]) => [category, stretch(text)])) as Message);

/** English that is 40 % longer: a text without brackets is no message. */
export const pseudo = Object.fromEntries(
  Object.entries(english).map(([key, message]) => [key, stretchAll(message)]),
) as unknown as Messages;

/** What is left of a text without its messages: what a page brings, and what nobody can translate. */
export function untranslated(text: string): string {
  const without = text.replace(/\[[^[\]]*\]/g, ' ');
  return without === text ? text.replace(/\s+/g, ' ').trim() : untranslated(without);
}
