/** One of this project's own vector files, `test/vectors/<name>.json`. */
export async function vectors<T>(name: string): Promise<T> {
  const response = await fetch(new URL(`../vectors/${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`test/vectors/${name}.json: ${response.status}`);
  return (await response.json()) as T;
}

/**
 * The text of a vector file of another project, `../shared/vectors/<path>`, which the test server offers when that
 * folder lies beside the clone; undefined when it does not. A suite that needs it then skips itself, by name.
 */
export async function externalVectors(path: string): Promise<string | undefined> {
  const response = await fetch(`/vectors-external/${path}`);
  return response.ok ? response.text() : undefined;
}

/** minimaxir/big-list-of-naughty-strings. */
export async function naughtyStrings(): Promise<string[] | undefined> {
  const text = await externalVectors('blns/blns.json');
  return text === undefined ? undefined : (JSON.parse(text) as string[]);
}

/** cure53/H5SC: its payloads, without the numbered wrapper around each. */
export async function securityPayloads(): Promise<string[] | undefined> {
  const text = await externalVectors('h5sc/vectors.txt');
  return text
    ?.split(/\/\/\["'`-->\]\]>\]<\/div>/)
    .map((payload) => payload.replace(/^\s*(?:>>> vectors\(\)\s*)?<div id="\d+">/, ''))
    .filter((payload) => payload.trim());
}
