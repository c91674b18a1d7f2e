/** What a person chooses on the page of themes, the values it has, and first the default. */
export const choices = {
  theme: ['github', 'stripe', 'material', 'plain'],
  scheme: ['system', 'light', 'dark', 'contrast'],
  density: ['regular', 'compact', 'spacious'],
  type: ['100', '150', '200'],
} as const;

export type Choice = keyof typeof choices;
export type Look = { readonly [Name in Choice]: (typeof choices)[Name][number] };

export const names = Object.keys(choices) as Choice[];

/** The look that a URL's query names; whatever it does not name, or names wrongly, is the default. */
export function readLook(query: URLSearchParams): Look {
  const read = (name: Choice) => {
    const values: readonly string[] = choices[name];
    const given = query.get(name);
    return given !== null && values.includes(given) ? given : values[0];
  };
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Look;
}

/** The query of this look, the defaults left out. */
export function writeLook(look: Look): string {
  const given = names.filter((name) => look[name] !== choices[name][0]).map((name) => [name, look[name]]);
  return given.length ? `?${new URLSearchParams(given).toString()}` : '';
}
