import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Messages } from '../../core/messages/index.js';
import { localeOf } from './translate.js';

type Host = ReactiveControllerHost & HTMLElement;
type LoadLocale = () => Promise<{ readonly messages: Messages }>;

/** Every language but English is a file of its own, fetched when an element is to speak it. */
const files: Readonly<Record<string, LoadLocale>> = {
  ar: () => import('../../locales/ar.js'),
  de: () => import('../../locales/de.js'),
  es: () => import('../../locales/es.js'),
  fr: () => import('../../locales/fr.js'),
  ja: () => import('../../locales/ja.js'),
};

/** How long after a failure a language is asked for again, in milliseconds; twice as long after each further one. */
const REST = 5000;

const loaded = new Map<string, Messages>();
const asked = new Set<string>();
const hosts = new Set<Host>();

/** Fetches a language once for the whole page. Until it is there, what is on screen stays, also where that fails. */
function load(language: string, file: LoadLocale, rest = REST): void {
  asked.add(language);
  file().then(
    ({ messages }) => {
      loaded.set(language, messages);
      for (const host of hosts) host.requestUpdate();
    },
    () => setTimeout(load, rest, language, file, rest * 2),
  );
}

/** The texts of an element's language, that of its nearest ancestor with `lang`; it follows when that changes. */
export class Localization implements ReactiveController {
  readonly #host: Host;
  readonly #observer: MutationObserver;
  /** Undefined: English, also for a language that there is not. */
  messages: Messages | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#observer = new MutationObserver(() => host.requestUpdate());
    host.addController(this);
  }

  hostConnected(): void {
    hosts.add(this.#host);
    for (let node: Node | null | undefined = this.#host; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host)
      if (node instanceof Element) this.#observer.observe(node, { attributeFilter: ['lang'] });
    // It may have come back to a place with another language.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    this.#observer.disconnect();
  }

  hostUpdate(): void {
    const [language] = localeOf(this.#host).split('-') as [string];
    const file = files[language];
    if (file && !loaded.has(language)) {
      if (!asked.has(language)) load(language, file);
    } else this.messages = loaded.get(language);
  }
}
