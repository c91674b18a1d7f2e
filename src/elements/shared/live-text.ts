/** What a live region is to say next: the same text again would be no change, and not heard. */
export const spokenAnew = (text: string, before: string): string => (text === before ? `${text}\xa0` : text);
