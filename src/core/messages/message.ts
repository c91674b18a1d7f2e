/** A text with `{placeholders}`, or one text per plural category of `count` (Unicode CLDR; `other` is always there). */
export type Message = string | ({ readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string });
export type MessageParameters = Readonly<Record<string, string | number>>;

/** By language: they take longer to make than to use. */
const formats = new Map<string, { readonly plural: Intl.PluralRules; readonly number: Intl.NumberFormat }>();

function formatsOf(locale: string) {
  const known = formats.get(locale) ?? { plural: new Intl.PluralRules(locale), number: new Intl.NumberFormat(locale) };
  formats.set(locale, known);
  return known;
}

/**
 * The text of a message for a locale: the plural form of `count`, and each placeholder replaced; numbers by
 * `Intl.NumberFormat`. A placeholder without a parameter stays as it is.
 *
 * @param locale a BCP 47 language tag
 */
export function formatMessage(locale: string, message: Message, parameters: MessageParameters = {}): string {
  const text =
    typeof message === 'string'
      ? message
      : (message[formatsOf(locale).plural.select(Number(parameters['count']))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = parameters[name];
    return typeof value === 'number' ? formatsOf(locale).number.format(value) : (value ?? placeholder);
  });
}
