import { formatMessage, type MessageKey, type MessageParameters, type Messages } from '../../core/messages/index.js';

/** The text of a message, in the element's language and with the page's overrides. */
export interface Translate {
  (key: MessageKey, parameters?: MessageParameters): string;
  /** A BCP 47 language tag. */
  readonly locale: string;
}

/** Looks texts up in `sources`, the first that has one wins; a text that none has is its key, for the developer to see. */
export function createTranslate(locale: string, ...sources: (Partial<Messages> | undefined)[]): Translate {
  const translate = (key: MessageKey, parameters?: MessageParameters) => {
    const message = sources.find((source) => source?.[key] !== undefined)?.[key];
    return message === undefined ? key : formatMessage(locale, message, parameters);
  };
  return Object.assign(translate, { locale });
}

/** The language of an element: its own `lang` or that of its nearest ancestor, across shadow roots; else English. */
export function localeOf(element: HTMLElement): string {
  let node: (Node & { lang?: string; host?: Node }) | null | undefined = element;
  for (; node; node = node.parentNode ?? node.host) {
    if (!node.lang) continue;
    try {
      return new Intl.Locale(node.lang).baseName;
    } catch {
      // Not a language tag: as if it were not there.
    }
  }
  return 'en';
}
