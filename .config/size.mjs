// The download budget of dist/cdn, in bytes after gzip -9 (1 kB is 1000 bytes).
//   list: what <script type="module" src="webhook-settings.js"> fetches before the list can be drawn (static imports)
//   all:  that and everything it may load later in English (dynamic imports); a page fetches at most the one file more
//         of its language
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

const budgets = { list: 25_000, all: 80_000 };
const entry = fileURLToPath(new URL('../dist/cdn/webhook-settings.js', import.meta.url));

/** The relative specifiers that a file imports, apart by whether it waits for them. */
function importsOf(path) {
  const found = { static: [], dynamic: [] };
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const visit = (node) => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (specifier) {
      const isStatic = !ts.isCallExpression(node);
      if (!ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.'))
        throw new Error(`${basename(path)} imports ${specifier.getText(source)}: nothing may be left to resolve`);
      found[isStatic ? 'static' : 'dynamic'].push(join(dirname(path), specifier.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function closure(start, follow) {
  const seen = new Set([start]);
  for (const path of seen) for (const next of follow(importsOf(path))) seen.add(next);
  return seen;
}

const isLanguage = (path) => basename(path).startsWith('locale-');
const list = closure(entry, (imports) => imports.static);
const all = closure(entry, (imports) => [...imports.static, ...imports.dynamic]);
const gzipped = (path) => gzipSync(readFileSync(path), { level: 9 }).length;
const rows = [...all].map((path) => ({
  file: basename(path),
  loaded: list.has(path) ? 'at once' : isLanguage(path) ? 'language' : 'on demand',
  raw: readFileSync(path).length,
  gzip: gzipped(path),
}));
const total = (paths) => [...paths].reduce((sum, path) => sum + gzipped(path), 0);
const totals = { list: total(list), all: total([...all].filter((path) => !isLanguage(path))) };

const number = (value) => value.toLocaleString('en').padStart(9);
console.log(`${'file'.padEnd(36)} ${'loaded'.padEnd(9)} ${'raw'.padStart(9)} ${'gzip'.padStart(9)}`);
for (const { file, loaded, raw, gzip } of rows) console.log(`${file.padEnd(36)} ${loaded.padEnd(9)} ${number(raw)} ${number(gzip)}`);
let failed = false;
for (const [name, budget] of Object.entries(budgets)) {
  const over = totals[name] > budget;
  failed ||= over;
  console.log(`${over ? 'OVER' : 'ok  '} ${name.padEnd(5)} ${number(totals[name])} of ${number(budget)} bytes`);
}
process.exit(failed ? 1 : 0);
