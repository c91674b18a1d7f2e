import { expect } from '@open-wc/testing';
import { formatMessage, type Message, type MessageKey, type Messages } from '../../../src/core/messages/index.js';
import { messages as ar } from '../../../src/locales/ar.js';
import { messages as de } from '../../../src/locales/de.js';
import { messages as en } from '../../../src/locales/en.js';
import { messages as es } from '../../../src/locales/es.js';
import { messages as fr } from '../../../src/locales/fr.js';
import { messages as ja } from '../../../src/locales/ja.js';

const locales: Readonly<Record<string, Messages>> = { ar, de, en, es, fr, ja };
const keys = Object.keys(en) as MessageKey[];
const forms = (message: Message): [string, string][] =>
  typeof message === 'string' ? [['other', message]] : Object.entries<string>(message);
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** Names, formats and words that a language shares with English. A whole sentence has no place here. */
const shared: Readonly<Record<string, readonly MessageKey[]>> = {
  all: [
    'auth.basic', 'auth.aws4', 'auth.hmac-sha256', 'auth.oauth2', 'importProblem',
    'option.application/json', 'option.application/xml',
  ],
  ar: ['webhooks'],
  de: [
    'webhooks', 'name', 'test', 'auth.token', 'status', 'live', 'testOnly', 'took', 'field.name', 'field.scope',
    'field.audience', 'field.accessKey', 'field.secretKey', 'optional', 'headerNumber',
  ],
  es: ['webhooks', 'shown', 'auth.token', 'took'],
  fr: ['webhooks', 'test', 'shown', 'testOnly', 'field.audience'],
  ja: ['took'],
};

/** The letters that a text in this language has, but for the technical terms in it. */
const script: Readonly<Record<string, RegExp>> = { ar: /\p{Script=Arabic}/u, ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u };

describe('the languages', () => {
  for (const [language, messages] of Object.entries(locales))
    describe(language, () => {
      it('has every text and no other', () => {
        expect(Object.keys(messages).sort()).to.deep.equal([...keys].sort());
      });

      it('has the placeholders of English in each text', () => {
        const different = keys.flatMap((key) => {
          const wanted = sorted(forms(en[key]).flatMap(([, text]) => placeholders(text)));
          const own = forms(messages[key]);
          // A form that says the number in words ("one organization", a dual) may do without it; `other` may not.
          const general = own.find(([category]) => category === 'other')!;
          const all = sorted(own.flatMap(([, text]) => placeholders(text)));
          const same = String(all) === String(wanted) && String(sorted(placeholders(general[1]))) === String(wanted);
          return same ? [] : `${key}: ${String(all)} instead of ${String(wanted)}`;
        });
        expect(different).to.deep.equal([]);
      });

      it('has the plural forms of the language, and them alone', () => {
        const wanted = sorted(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
        const different = keys.flatMap((key) => {
          if (typeof en[key] === 'string') return typeof messages[key] === 'string' ? [] : `${key} has forms`;
          const own = sorted(forms(messages[key]).map(([category]) => category));
          return String(own) === String(wanted) ? [] : `${key}: ${String(own)} instead of ${String(wanted)}`;
        });
        expect(different).to.deep.equal([]);
      });

      it('has no blank, doubled or outer space, and no brace that is no placeholder', () => {
        const broken = keys.filter((key) =>
          forms(messages[key]).some(([, text]) => !text.trim() || /^\s|\s$|\s\s/.test(text) || /[{}]/.test(text.replace(/\{\w+\}/g, ''))),
        );
        expect(broken).to.deep.equal([]);
      });

      if (language === 'en') return;

      it('is translated', () => {
        const allowed = [...shared['all']!, ...shared[language]!];
        const english = new Set(keys.flatMap((key) => forms(en[key]).map(([, text]) => text)));
        const same = keys.filter((key) => forms(messages[key]).some(([, text]) => english.has(text)));
        expect(same.filter((key) => !allowed.includes(key)), 'the same in English').to.deep.equal([]);
        expect(shared[language]!.filter((key) => !same.includes(key)), 'allowed for nothing').to.deep.equal([]);
        const letters = script[language];
        const foreign = keys.filter(
          (key) => !allowed.includes(key) && letters && !forms(messages[key]).every(([, text]) => letters.test(text)),
        );
        expect(foreign.filter((key) => key !== 'webhooks'), 'in another script').to.deep.equal([]);
      });
    });

  it('end every text as English does: a sentence is a sentence in all of them', () => {
    const end = (text: string) => ('.。．'.includes(text.at(-1)!) ? 'sentence' : '?？؟'.includes(text.at(-1)!) ? 'question' : 'label');
    const text = (messages: Messages, key: MessageKey) => forms(messages[key]).find(([category]) => category === 'other')![1];
    const different = Object.entries(locales).flatMap(([language, messages]) =>
      keys.filter((key) => end(text(messages, key)) !== end(text(en, key))).map((key) => `${language} ${key}`),
    );
    // Japanese puts an example or an enumeration at the end after a colon.
    expect(different).to.deep.equal(['ja malformed', 'ja importMalformed', 'ja url.absolute', 'ja aws.region', 'ja aws.service']);
  });

  it('isolate what may be in another script from Arabic, and close what they open', () => {
    const open = keys.filter((key) =>
      forms(ar[key]).some(([, text]) => text.match(/[\u2066\u2068]/g)?.length !== text.match(/\u2069/g)?.length),
    );
    expect(open).to.deep.equal([]);
    const text = /(?<!\u2068)\{(name|host|label|paths|reason|value|hint)\}/;
    // This one becomes a name, which has no such characters.
    expect(keys.filter((key) => forms(ar[key]).some(([, one]) => text.test(one)))).to.deep.equal(['copyName']);
  });

  it('say a number as the language does', () => {
    expect(formatMessage('de', de.shown, { count: 12_345 })).to.equal('12.345 Webhooks');
    expect(formatMessage('fr', fr.shown, { count: 0 })).to.equal('0 webhook');
    expect(formatMessage('fr', fr.shown, { count: 1_000_000 })).to.match(/^1\s000\s000 de webhooks$/);
    expect(formatMessage('es', es.organizations, { count: 2 })).to.equal('2 organizaciones');
    expect(formatMessage('ja', ja.selected, { count: 1234 })).to.equal('1,234 件を選択中');
    const counts = [0, 1, 2, 3, 11, 100].map((count) => formatMessage('ar', ar.organizations, { count }));
    expect(new Set(counts.map((said) => said.replace(/^\S+ (?=مؤسس)/, '')))).to.have.length(4);
    expect(counts.slice(0, 3)).to.deep.equal(['لا مؤسسات', 'مؤسسة واحدة', 'مؤسستان']);
    expect(formatMessage('ar-EG', ar.organizations, { count: 3 })).to.equal('٣ مؤسسات');
  });
});
