// What a host can dress and fill (parts, custom properties, slots) is documented above the class, and what is documented is there.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'src/elements';
const files = new Map(
  readdirSync(join(root, folder), { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(join(root, folder, path), 'utf8')]),
);

/** Which element a file draws for; what looks at requests and deliveries is drawn in both, but for these. */
const owners = [
  [/^webhook-settings\//, ['webhook-settings']],
  [/^add-webhook-modal\//, ['add-webhook-modal']],
  [/^deliveries\/deliveries-dialog/, ['webhook-settings']],
  [/^deliveries\/preview-view/, ['add-webhook-modal']],
  [/^(deliveries|shared)\//, ['webhook-settings', 'add-webhook-modal']],
  [/^on-demand\.ts$/, []],
];
const ownersOf = (path) => owners.find(([pattern]) => pattern.test(path))?.[1];
const sourceOf = (tag) => [...files].filter(([path]) => ownersOf(path)?.includes(tag)).map(([, text]) => text);

const templates = (text) => text.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
const sorted = (names) => [...new Set(names)].sort();

/** The parts that the templates name, those in a condition too: part="row ${test ? 'row--test' : ''}". */
function partsIn(text) {
  const literal = [...templates(text).matchAll(/\spart="([^"]*)"/g)].flatMap(([, value]) => [
    ...value.replace(/\$\{[^}]*\}/g, ' ').split(/\s+/),
    ...[...value.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, code]) => [...code.matchAll(/'([^']*)'/g)].map(([, name]) => name)),
  ]);
  // A panel gets its part, and the name of its slot, from who calls it.
  const panels = [...templates(text).matchAll(/\bpanel\('([\w-]+)'/g)].map(([, name]) => name);
  return [...literal, ...panels].filter(Boolean);
}

const slotsIn = (text) => [
  ...[...templates(text).matchAll(/<slot name="([\w-]+)"/g)].map(([, name]) => name),
  ...[...templates(text).matchAll(/\bpanel\('[\w-]+', '([\w-]+)'/g)].map(([, name]) => name),
];

/** What is in the parentheses that open at `start`. */
function inParentheses(text, start) {
  for (let depth = 0, at = start; ; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(start + 1, at);
  }
}

/** Public custom properties with the default beside each place where one is read. */
function* tokensIn(text) {
  const code = templates(text);
  for (const { index } of code.matchAll(/var\(--webhook-/g)) {
    const [name, ...rest] = inParentheses(code, index + 'var'.length).split(',');
    yield [name.trim(), rest.join(',').replace(/\s+/g, ' ').trim()];
  }
}

/** A default as a host would write it: private properties by what they are read from. */
const publicly = (value) => value.replace(/var\((--_webhook-[\w-]+)\)/g, (_, name) => {
  const base = files.get('shared/base.styles.ts');
  return new RegExp(`${name}: ([^;]+);`).exec(base)[1];
});

const documented = (tag, kind) => {
  const block = /\/\*\*(?:(?!\*\/)[^])*@summary[^]*?\*\//.exec(files.get(`${tag}/${tag}.ts`))[0];
  return [...block.matchAll(new RegExp(`^ \\* @${kind} (.*) - (.+)$`, 'gm'))].map(([, name]) => name);
};

describe('the files of the elements', () => {
  it('are each known to draw for an element', () => {
    assert.deepEqual([...files.keys()].filter((path) => !ownersOf(path)), []);
  });

  it('read public custom properties with a default, and declare none', () => {
    for (const [path, text] of files) {
      assert.deepEqual([...tokensIn(text)].filter(([, value]) => !value), [], path);
      assert.doesNotMatch(templates(text), /(?<!var\()--webhook-[\w-]+\s*:/, path);
    }
  });

  it('give a custom property one default wherever they read it', () => {
    const defaults = new Map();
    for (const text of files.values())
      for (const [name, value] of tokensIn(text)) {
        assert.equal(value, defaults.get(name) ?? value, name);
        defaults.set(name, value);
      }
  });

  it('name their own properties with the private prefix', () => {
    for (const [path, text] of files)
      for (const [, name] of templates(text).matchAll(/(--[\w-]+)\s*:/g)) assert.match(name, /^--_webhook-/, path);
  });
});

const modalParts = sorted([...files.get('webhook-settings/tools/modal-parts.ts').matchAll(/^ {2}'([\w-]+)',$/gm)].map(([, name]) => name));

for (const tag of ['webhook-settings', 'add-webhook-modal'])
  describe(`<${tag}>`, () => {
    it('has the parts that are documented, and no others', () => {
      const own = sourceOf(tag).flatMap(partsIn);
      const lent = tag === 'webhook-settings' ? modalParts.map((part) => `modal-${part}`) : [];
      assert.deepEqual(sorted(documented(tag, 'csspart')), sorted([...own, ...lent]));
    });

    it('has the slots that are documented, and no others', () => {
      assert.deepEqual(sorted(documented(tag, 'slot')), sorted(sourceOf(tag).flatMap(slotsIn)));
    });

    it('reads the custom properties that are documented, with the same defaults, and no others', () => {
      const read = sourceOf(tag).flatMap((text) => [...tokensIn(text)]).map(([name, value]) => `[${name}=${publicly(value)}]`);
      assert.deepEqual(sorted(documented(tag, 'cssproperty')), sorted(read));
    });

    it('documents nothing twice', () => {
      for (const kind of ['csspart', 'slot', 'cssproperty', 'event']) {
        const names = documented(tag, kind);
        assert.equal(new Set(names).size, names.length, kind);
      }
    });
  });

describe('<webhook-settings>', () => {
  it('hands on every part of the modal, with its prefix', () => {
    assert.deepEqual(modalParts, sorted(documented('add-webhook-modal', 'csspart')));
  });

  it('fills the slots of the modal from slots of its own, with the prefix', () => {
    const lent = [...files.get('webhook-settings/webhook-settings.ts').matchAll(/<slot name="modal-([\w-]+)" slot="([\w-]+)"/g)];
    for (const [, name, slot] of lent) assert.equal(name, slot);
    assert.deepEqual(sorted(lent.map(([, name]) => name)), sorted(documented('add-webhook-modal', 'slot')));
  });
});

describe('the manifest', () => {
  it('lists the parts, custom properties and slots of both elements', () => {
    const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8'));
    const declarations = modules.flatMap(({ declarations: all = [] }) => all);
    for (const tag of ['webhook-settings', 'add-webhook-modal']) {
      const name = tag.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase());
      const element = declarations.find((one) => one.name === name);
      assert.deepEqual(element.cssParts.map((part) => part.name), documented(tag, 'csspart'));
      assert.deepEqual(element.slots.map((slot) => slot.name), documented(tag, 'slot'));
      assert.deepEqual(element.cssProperties.map((one) => `[${one.name}=${one.default}]`), documented(tag, 'cssproperty'));
    }
  });
});
