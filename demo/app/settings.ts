/** Each control of the panel, the values it has, and first the default. */
export const choices = {
  access: ['manage', 'read-only', 'denied', 'unavailable'],
  failures: ['none', 'validation', 'conflict', 'down'],
  latency: ['0', '300', '2000'],
  organizations: ['3', '0', '1', '25'],
  events: ['single', 'multiple'],
  theme: ['system', 'light', 'dark'],
  panel: ['open', 'closed'],
} as const;

export type Control = keyof typeof choices;
export type Settings = { readonly [Name in Control]: (typeof choices)[Name][number] };

export const controls = Object.keys(choices) as Control[];

/** The settings that a URL's query names; whatever it does not name, or names wrongly, is the default. */
export function readSettings(query: URLSearchParams): Settings {
  const read = (name: Control) => {
    const values: readonly string[] = choices[name];
    const given = query.get(name);
    return given !== null && values.includes(given) ? given : values[0];
  };
  return Object.fromEntries(controls.map((name) => [name, read(name)])) as Settings;
}

/** The query with these settings in it. Defaults are left out, and what else is there stays. */
export function writeSettings(settings: Settings, query: URLSearchParams): URLSearchParams {
  const written = new URLSearchParams(query);
  for (const name of controls) {
    if (settings[name] === choices[name][0]) written.delete(name);
    else written.set(name, settings[name]);
  }
  return written;
}
