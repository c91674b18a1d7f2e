import { error, type Finding } from './finding.js';

/** Beyond this many UTF-16 units no limit is near, and segmenting would take longer than a keystroke may. */
const HUGE = 20_000;

/** The longest emoji (a kiss with two skin tones) has 15 UTF-16 units, so real text never needs more per character. */
const UNITS_PER_CHARACTER = 16;

/**
 * How many characters a person sees: grapheme clusters (Unicode UAX #29), so that 👩‍👩‍👧 and é are one each. A pile of
 * combining marks counts as more than one, lest it smuggle text past a limit; a huge text counts as UTF-16 units.
 */
export function countCharacters(text: string): number {
  if (text.length > HUGE || !/[^ -~]/.test(text)) return text.length;
  let count = 0;
  for (const _ of new Intl.Segmenter('en').segment(text)) count++;
  return Math.max(count, Math.ceil(text.length / UNITS_PER_CHARACTER));
}

/** Returns a `text.tooLong` error that says by how many characters (see {@link countCharacters}) a text is too long. */
export function checkLength(text: string, max: number): Finding[] {
  const count = text.length > max ? countCharacters(text) - max : 0;
  return count > 0 ? [error('text.tooLong', { count, max })] : [];
}

/**
 * True for text with a character that no field can hold: C0 and C1 controls and DEL (Unicode Cc), line and paragraph
 * separators (Zl, Zp), and half a surrogate pair (Cs), which UTF-8 would silently turn into U+FFFD.
 */
export const hasControl = (text: string): boolean => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);

/** Returns a `text.control` error for {@link hasControl}. */
export const checkControl = (text: string): Finding[] => (hasControl(text) ? [error('text.control')] : []);

/**
 * True for text with a bidirectional embedding, override or isolate (UAX #9 §2.1, §2.2, §2.4; CVE-2021-42574). The marks
 * LRM, RLM and ALM stay legal: names in Hebrew and Arabic need them, and they cannot reverse anything.
 */
export const hasBidiOverride = (text: string): boolean => /[\u202a-\u202e\u2066-\u2069]/.test(text);
