// Packs the package, installs the tarball beside its dependencies, and uses it as a host would.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const isWindows = process.platform === 'win32';

let host;
let installed;
let contents;

/** Lists files below a folder with forward slashes. */
function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort();
}

/** Every exports entry with its patterns filled in: [specifier, conditions → path]. */
function entryPoints() {
  return Object.entries(manifest.exports).flatMap(([key, value]) => {
    const targets = typeof value === 'string' ? { default: value } : value;
    if (!key.includes('*')) return [[key, targets]];
    const [start, end] = targets.default.slice(2).split('*');
    const matches = contents
      .filter((path) => path.startsWith(start) && path.endsWith(end) && !path.endsWith('.d.ts'))
      .map((path) => path.slice(start.length, path.length - end.length));
    assert.ok(matches.length > 0, `${key} matches nothing`);
    return matches.map((match) => [
      key.replace('*', match),
      Object.fromEntries(Object.entries(targets).map(([condition, path]) => [condition, path.replaceAll('*', match)])),
    ]);
  });
}

const specifierOf = (key) => manifest.name + key.slice(1);

/** Runs a module in the host's folder and gives back what it prints as JSON. */
function inHost(code) {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: host, encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1));
}

before(() => {
  host = mkdtempSync(join(tmpdir(), 'host-'));
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', host], {
    cwd: root,
    encoding: 'utf8',
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const tarball = Object.values(JSON.parse(output))[0].filename;
  execFileSync('tar', ['-xzf', basename(tarball)], { cwd: host });

  const modules = join(host, 'node_modules');
  installed = join(modules, manifest.name);
  mkdirSync(dirname(installed), { recursive: true });
  renameSync(join(host, 'package'), installed);
  contents = listFiles(installed);

  // The dependencies, and theirs, as an install would lay them out; a copy of a link's target where links need a privilege.
  const link = (name) => {
    const to = join(modules, name);
    if (existsSync(to)) return;
    mkdirSync(dirname(to), { recursive: true });
    const from = join(root, 'node_modules', name);
    if (isWindows) cpSync(from, to, { recursive: true });
    else symlinkSync(from, to);
    const { dependencies } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies ?? {})) link(dependency);
  };
  for (const dependency of Object.keys(manifest.dependencies)) link(dependency);
  writeFileSync(join(host, 'package.json'), JSON.stringify({ name: 'host', private: true, type: 'module' }));
});

after(() => rmSync(host, { recursive: true, force: true }));

describe('the tarball', () => {
  it('holds what a host needs and nothing else', () => {
    const expected = /^(dist\/.+|custom-elements\.json|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
    assert.deepEqual(contents.filter((path) => !expected.test(path)), []);
    for (const path of ['LICENSE', 'CHANGELOG.md', 'README.md', 'custom-elements.json', 'dist/cdn/webhook-settings.js'])
      assert.ok(contents.includes(path), `${path} is missing`);
  });

  it('holds neither source maps nor links to them', () => {
    assert.deepEqual(contents.filter((path) => path.endsWith('.map')), []);
    const linking = contents.filter((path) => /\.(js|ts)$/.test(path) && readFileSync(join(installed, path), 'utf8').includes('sourceMappingURL='));
    assert.deepEqual(linking, []);
  });

  it('describes both elements in the manifest', () => {
    const { modules } = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8'));
    const classes = modules.flatMap(({ declarations }) => declarations).filter(({ customElement }) => customElement);
    assert.deepEqual(classes.map(({ name }) => name).sort(), ['AddWebhookModal', 'WebhookSettings']);
  });
});

describe('the entry points', () => {
  it('lead to files, with types first', () => {
    for (const [key, targets] of entryPoints()) {
      // The files that the CDN entry loads on demand have no types: nobody imports them by name.
      const isChunk = key.startsWith('./cdn/') && !/^\.\/cdn\/webhook-settings\.js$/.test(key);
      for (const path of isChunk ? [targets.default] : Object.values(targets)) assert.ok(contents.includes(path.slice(2)), `${key}: ${path} is missing`);
      if (Object.keys(targets).length > 1) assert.equal(Object.keys(targets)[0], 'types', key);
      const isModule = targets.default.endsWith('.js') && !key.startsWith('./cdn/');
      if (isModule) assert.ok(targets.types, `${key} has no types`);
    }
  });

  it('has the promised ones', () => {
    const keys = entryPoints().map(([key]) => key);
    const promised = ['.', './define', './core', './testing', './locales/en', './locales/de', './custom-elements.json', './cdn/webhook-settings.js'];
    for (const key of [...promised, './adapters/memory', './adapters/local', './adapters/rest']) assert.ok(keys.includes(key), key);
  });

  for (const moduleResolution of ['NodeNext', 'Bundler'])
    it(`type-check in a strict host (${moduleResolution})`, () => {
      const specifiers = entryPoints()
        .filter(([key, { types }]) => types && existsSync(join(installed, types)) && !/^\.\/cdn\/(?!webhook-settings)/.test(key))
        .map(([key]) => specifierOf(key));
      const file = join(host, 'consumer.ts');
      writeFileSync(file, specifiers.map((specifier, index) => `import * as m${index} from '${specifier}';\nexport { m${index} };\n`).join(''));
      const program = ts.createProgram([file], {
        target: ts.ScriptTarget.ES2022,
        module: moduleResolution === 'Bundler' ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind[moduleResolution],
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        types: [],
        strict: true,
        noEmit: true,
        skipLibCheck: false,
      });
      const ours = (diagnostic) => diagnostic.file === undefined || diagnostic.file.fileName.includes('/host-');
      const messages = ts
        .getPreEmitDiagnostics(program)
        .filter(ours)
        .map(({ file: at, messageText }) => `${at ? basename(at.fileName) : ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
      assert.deepEqual(messages, []);
    });
});

describe('in Node, without a browser', () => {
  it("import('webhook-settings/core') works", () => {
    const names = inHost(`console.log(JSON.stringify(Object.keys(await import('${manifest.name}/core'))))`);
    assert.ok(names.includes('AdapterError'), names.join(', '));
  });

  it('core loads no Lit', () => {
    const imported = new Set();
    const follow = (path) => {
      if (imported.has(path)) return;
      imported.add(path);
      const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
      for (const statement of source.statements) {
        const specifier = statement.moduleSpecifier?.text;
        if (specifier?.startsWith('.')) follow(join(dirname(path), specifier));
        else if (specifier) imported.add(specifier);
      }
    };
    follow(join(installed, 'dist/core/index.js'));
    assert.deepEqual([...imported].filter((name) => /^@?lit(\/|$)/.test(name)), []);
  });

  it('the adapters can be imported', () => {
    const names = inHost(`
      const modules = await Promise.all(['memory', 'local', 'rest'].map((name) => import('${manifest.name}/adapters/' + name)));
      console.log(JSON.stringify(modules.flatMap((module) => Object.keys(module))));
    `);
    for (const name of ['createMemoryAdapter', 'createLocalAdapter', 'createRestAdapter']) assert.ok(names.includes(name), name);
  });

  it('the main entry registers nothing, define registers both tags, and only once', () => {
    const seen = inHost(`
      const secondCopy = new URL('dist/define.js?second', import.meta.resolve('${manifest.name}/package.json')).href;
      const tags = new Map();
      const calls = [];
      globalThis.customElements = {
        get: (tag) => tags.get(tag),
        define: (tag, type) => { calls.push(tag); tags.set(tag, type); },
        whenDefined: async (tag) => tags.get(tag),
      };
      await import('${manifest.name}');
      const afterMain = [...calls];
      await import('${manifest.name}/define');
      const afterDefine = [...calls];
      await import(secondCopy);
      console.log(JSON.stringify({ afterMain, afterDefine, afterSecond: calls }));
    `);
    assert.deepEqual(seen.afterMain, []);
    assert.deepEqual([...seen.afterDefine].sort(), ['add-webhook-modal', 'webhook-settings']);
    assert.deepEqual(seen.afterSecond, seen.afterDefine);
  });
});

describe('the CDN file', () => {
  it('has nothing left to resolve, in any file of its folder', () => {
    const bare = [];
    for (const path of contents.filter((name) => name.startsWith('dist/cdn/') && name.endsWith('.js'))) {
      const source = ts.createSourceFile(path, readFileSync(join(installed, path), 'utf8'), ts.ScriptTarget.Latest);
      const visit = (node) => {
        const specifier =
          node.moduleSpecifier ?? (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined);
        if (specifier) {
          const target = ts.isStringLiteralLike(specifier) ? specifier.text : '(computed)';
          const isBeside = target.startsWith('./') && contents.includes(`dist/cdn/${target.slice(2)}`);
          if (!isBeside) bare.push(`${path}: ${target}`);
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      assert.ok(!/\bprocess\.env\b/.test(source.text), `${path} speaks of process.env`);
    }
    assert.deepEqual(bare, []);
  });

  it('is not imported by what it loads on demand: its address may differ from theirs', () => {
    const importing = contents.filter(
      (path) => /^dist\/cdn\/.+\.js$/.test(path) && readFileSync(join(installed, path), 'utf8').includes('./webhook-settings.js'),
    );
    assert.deepEqual(importing, []);
  });

  it('exports what the package and the three adapters export, but for what is loaded on demand', () => {
    const promised = inHost(`
      const of = async (path) => Object.keys(await import('${manifest.name}' + path));
      console.log(JSON.stringify((await Promise.all(['', '/adapters/memory', '/adapters/local', '/adapters/rest'].map(of))).flat()));
    `);
    const source = readFileSync(join(installed, 'dist/cdn/webhook-settings.js'), 'utf8');
    const lists = [...source.matchAll(/export\s*\{([^}]*)\}/g)].flatMap((match) => match[1].split(','));
    const exported = lists.map((part) => part.trim().split(/\s+as\s+/).at(-1));
    const rules = /^(check|count|has|is(Public)|split|normalize|display|encode|duplicate|aws|MAX_|error$|warning$|info$|isPublic|register|version|delivery(AttemptSchema|Outcomes)$|CheckedAdapter$)/;
    assert.deepEqual(promised.filter((name) => !exported.includes(name) && !rules.test(name)), []);
  });
});
