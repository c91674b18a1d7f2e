// Holds the direction of imports and the "never"s between the layers of src/.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const toPosix = (path) => path.split(sep).join('/');
const filesIn = (folder, extensions) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
        .map((entry) => toPosix(relative(root, join(entry.parentPath ?? entry.path, entry.name))))
        .filter((path) => !path.includes('node_modules/'))
        .sort()
    : [];

/** Lowest first. A file may import its own layer and those below; the first pattern that matches names its layer. */
const layers = [
  // The texts are plain data; the rules name their findings by a text's key.
  ['schemas, rules and texts', /^(core\/(?!auth\/|webhook\.ts|page\.ts|(checked-)?adapter|form\/|store\/|index\.ts)|version\.ts$)/],
  ['authentication types', /^core\/auth\//],
  // A webhook has an authentication of any type, so its schema stands above the registry.
  ['the webhook', /^core\/(webhook|page)\.ts$/],
  ['adapter contract, form, store', /^core\/((checked-)?adapter[\w-]*\.ts$|form\/|store\/)/],
  ['core', /^core\/index\.ts$/],
  ['adapters, events, locales, testing', /^(adapters|events|locales|testing)\//],
  ['controllers', /^controllers\//],
  ['elements', /^elements\//],
  ['entry points', /^(index|define)\.ts$/],
  ['CDN entry point', /^cdn\.ts$/],
];
const layerOf = (path) => layers.findIndex(([, pattern]) => pattern.test(path.replace(/^src\//, '')));

function importsOf(path, source) {
  const found = [];
  const visit = (node) => {
    let specifier;
    let isType = false;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      specifier = node.moduleSpecifier;
      const clause = ts.isImportDeclaration(node) ? node.importClause : node;
      const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      const names = named && (ts.isNamedImports(named) || ts.isNamedExports(named)) ? named.elements : undefined;
      const hasDefault = ts.isImportDeclaration(node) && node.importClause?.name !== undefined;
      isType = Boolean(clause?.isTypeOnly) || (!hasDefault && Boolean(names?.length) && names.every((name) => name.isTypeOnly));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      specifier = node.arguments[0];
    } else if (ts.isImportTypeNode(node)) {
      specifier = node.argument.literal;
      isType = true;
    }
    if (specifier && ts.isStringLiteralLike(specifier)) {
      const { text } = specifier;
      const target = text.startsWith('.') ? posix.join(posix.dirname(path), text.replace(/\?.*$/, '')) : undefined;
      found.push({ text, isType, target: target?.replace(/\.js$/, '.ts') });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const paths = filesIn('src', ['.ts']);
const program = ts.createProgram(
  paths.map((path) => join(root, path)),
  {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    experimentalDecorators: true,
  },
);
const checker = program.getTypeChecker();
const files = paths.map((path) => {
  const source = program.getSourceFile(join(root, path));
  return { path, source, imports: importsOf(path, source) };
});
const byPath = new Map(files.map((file) => [file.path, file]));
const under = (...folders) => files.filter(({ path }) => folders.some((folder) => path.startsWith(`src/${folder}`)));

function offences(among, judge) {
  return among.flatMap((file) => file.imports.filter((one) => judge(one, file)).map((one) => `${file.path} imports ${one.text}`));
}

/** Calls back for every node of a file. */
function walk(node, callback) {
  callback(node);
  ts.forEachChild(node, (child) => walk(child, callback));
}

/** The browser's globals (values and types) that a file speaks of. */
function browserGlobals({ source }) {
  const names = new Set();
  walk(source, (node) => {
    if (!ts.isIdentifier(node)) return;
    const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
    const isGlobal = declarations.some(
      (declaration) =>
        /[\\/]lib\.dom[^\\/]*\.d\.ts$/.test(declaration.getSourceFile().fileName) &&
        (ts.isSourceFile(declaration.parent) || ts.isVariableDeclarationList(declaration.parent)),
    );
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (isGlobal || (isMember && node.parent.expression.getText(source) === 'globalThis')) names.add(node.text);
  });
  return [...names];
}

describe('the layers of src', () => {
  it('has files, and knows the layer of each', () => {
    assert.ok(files.length > 0);
    assert.deepEqual(paths.filter((path) => layerOf(path) === -1), []);
  });

  it('resolves every relative import to a file of src', () => {
    assert.deepEqual(offences(files, ({ target }) => target !== undefined && !byPath.has(target)), []);
  });

  it('imports go one way, upward', () => {
    const upward = offences(files, ({ target }, { path }) => byPath.has(target) && layerOf(target) > layerOf(path));
    assert.deepEqual(upward, []);
  });

  it('never imports in a circle', () => {
    const circles = [];
    const done = new Set();
    const visit = (path, trail) => {
      if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path)) return undefined;
      for (const { target, isType } of byPath.get(path)?.imports ?? []) if (target && !isType) visit(target, [...trail, path]);
      return void done.add(path);
    };
    for (const path of paths) visit(path, []);
    assert.deepEqual(circles, []);
  });

  it('never imports the demo or the tests', () => {
    assert.deepEqual(offences(files, ({ target }) => target !== undefined && !target.startsWith('src/')), []);
  });
});

describe('core', () => {
  it('imports nothing but zod and ip-bigint', () => {
    const isForeign = ({ text, target }) => target === undefined && !/^(zod($|\/)|ip-bigint$)/.test(text);
    assert.deepEqual(offences(under('core/'), isForeign), []);
  });

  it('uses no DOM global and no fetch', () => {
    // What Node offers too (URL, AbortSignal, crypto …) is not the DOM.
    const isShared = (name) => name in globalThis && !['fetch', 'navigator', 'WebSocket', 'EventSource'].includes(name);
    const used = under('core/').flatMap((file) =>
      browserGlobals(file)
        .filter((name) => !isShared(name))
        .map((name) => `${file.path} uses ${name}`),
    );
    assert.deepEqual(used, []);
  });

  it('keeps the form apart from the adapter and the store', () => {
    const isForbidden = ({ target }) => /^src\/core\/(adapter|checked-adapter|store\/.*)\.ts$/.test(target ?? '');
    assert.deepEqual(offences(under('core/form/'), isForbidden), []);
  });

  it('keeps one authentication type apart from the next', () => {
    const types = under('core/auth/').filter(({ path }) => !/\/(index|auth-type)\.ts$/.test(path));
    const isSibling = ({ target }) => types.some(({ path }) => path === target);
    assert.deepEqual(offences(types, isSibling), []);
  });
});

describe('elements and controllers', () => {
  it('never import an adapter', () => {
    const isAdapter = ({ target, isType }) =>
      /^src\/adapters\//.test(target ?? '') || (!isType && target === 'src/core/checked-adapter.ts');
    assert.deepEqual(offences(under('elements/'), isAdapter), []);
    assert.deepEqual(offences(under('controllers/'), ({ target }) => /^src\/adapters\//.test(target ?? '')), []);
  });

  it('never call fetch', () => {
    const network = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'];
    const calls = under('elements/', 'controllers/').flatMap((file) =>
      browserGlobals(file)
        .filter((name) => network.includes(name))
        .map((name) => `${file.path} uses ${name}`),
    );
    assert.deepEqual(calls, []);
  });

  it('hold no html or css in controllers', () => {
    assert.deepEqual(offences(under('controllers/'), ({ text }) => /^lit\/(html|static-html)|^lit\/directives\//.test(text)), []);
    const templates = under('controllers/').filter(({ source }) => /\b(html|css|svg)`/.test(source.text));
    assert.deepEqual(templates.map(({ path }) => path), []);
  });
});

describe('index.ts', () => {
  it('never reaches a file that registers an element', () => {
    const registers = ({ source }) => {
      let found = false;
      walk(source, (node) => {
        if (ts.isPropertyAccessExpression(node) && /\b(customElements|registry)\.define$/.test(node.getText(source))) found = true;
        if (ts.isDecorator(node) && /^@customElement\b/.test(node.getText(source))) found = true;
      });
      return found;
    };
    const registering = files.filter(registers).map(({ path }) => path);
    assert.ok(registering.length > 0, 'define.ts, or what it imports, should register');

    const reached = new Map([['src/index.ts', 'src/index.ts']]);
    for (const [path, trail] of reached)
      for (const { target, isType } of byPath.get(path)?.imports ?? [])
        if (target && !isType && !reached.has(target)) reached.set(target, `${trail} → ${target}`);
    assert.deepEqual(registering.filter((path) => reached.has(path)).map((path) => reached.get(path)), []);
  });
});

describe('templates', () => {
  it('hold no inline style and no unsafe directive', () => {
    const banned = new Set(['styleMap', 'unsafeHTML', 'unsafeSVG', 'unsafeMathML', 'innerHTML', 'outerHTML', 'insertAdjacentHTML']);
    const found = files.flatMap(({ path, source }) => {
      const offending = [];
      walk(source, (node) => {
        if (ts.isIdentifier(node) && banned.has(node.text)) offending.push(`${path}: ${node.text}`);
        const isTemplate = ts.isTemplateLiteralToken(node) || node.kind === ts.SyntaxKind.TemplateMiddle;
        if (isTemplate && /(\sstyle\s*=|<style\b)/i.test(node.text)) offending.push(`${path}: ${node.text.trim()}`);
      });
      return offending;
    });
    assert.deepEqual(found, []);
  });
});

describe('the demo', () => {
  const { exports, name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const isPublic = (specifier) => {
    const subpath = `.${specifier.slice(name.length)}`;
    return Object.keys(exports).some((key) => {
      const [before, after] = key.split('*');
      return after === undefined ? key === subpath : subpath.startsWith(before) && subpath.endsWith(after);
    });
  };

  it('imports only public entry points', () => {
    const scripts = filesIn('demo', ['.ts', '.js', '.mjs', '.tsx', '.jsx', '.vue', '.svelte', '.html']).map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      // In markup, what stands between the script tags is the code.
      const code = /\.(html|vue|svelte)$/.test(path)
        ? [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
        : text;
      const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
      const links = [...text.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map((match) => match[1]);
      const linked = links.filter((link) => link.startsWith('.')).map((link) => ({ text: link, target: posix.join(dirname(path), link) }));
      return { path, imports: [...importsOf(path, source), ...linked] };
    });
    const isPrivate = ({ text, target }) =>
      target !== undefined
        ? /^(src|test|dist)(\/|$)/.test(target)
        : text === name || text.startsWith(`${name}/`)
          ? !isPublic(text)
          : /^\/(src|@fs)\//.test(text);
    assert.deepEqual(offences(scripts, isPrivate), []);
  });
});
