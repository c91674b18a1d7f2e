/** Lower case of A–Z only (RFC 9110 §5.1): to `toLowerCase()` the Kelvin sign would be a "k". Returns the text. */
export const asciiLowercase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
