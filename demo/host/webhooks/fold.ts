/**
 * A text as it is compared, sorted by and searched in, the same on every database: what SQL's `lower()` does with letters
 * beyond ASCII depends on the server's locale. A sigma at the end of a word is a sigma, and “İ” an i.
 */
export const fold = (text: string): string =>
  text.normalize('NFC').toLowerCase().replaceAll('i\u0307', 'i').replaceAll('ς', 'σ').normalize('NFC');
