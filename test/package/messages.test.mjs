// Every text that a person reads comes from the messages, and every message is read somewhere.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: assert.fail });
const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(root, folder, path));
const program = ts.createProgram(filesIn('src'), { ...config.options, noEmit: true });
const checker = program.getTypeChecker();
const sources = (folder) => filesIn(folder).map((path) => program.getSourceFile(path));

function walk(node, callback) {
  callback(node);
  ts.forEachChild(node, (child) => walk(child, callback));
}

const where = (node) => {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${source.fileName.slice(root.length)}:${line + 1}`;
};

/** The scheme of a URL is the same in every language. */
const hasLetters = (text) => /\p{L}/u.test(text.replace('https://', ''));
/** Stands for an expression in a template; no letter. */
const HOLE = '\u0000';
/** The attributes that are read to people. */
const spoken = /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label)$/;

/** The pieces of a template as HTML: texts, and the values of the attributes that are read to people. */
function* readIn(markup) {
  const outside = markup.replace(/<!--[^]*?-->/g, '').replace(/<\/?[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'>])*>/g, (tag) => HOLE.repeat(tag.split(HOLE).length - 1));
  yield outside.replace(/&\w+;/g, '');
  for (const [tag] of markup.matchAll(/<[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'>])*>/g))
    for (const [, name, quoted, bare] of tag.matchAll(/\s([\w.@?-]+)=(?:"([^"]*)"|([^\s>]*))/g))
      if (spoken.test(name)) yield quoted ?? bare;
}

/** Which holes of a template hold what is read: those between tags and in spoken attributes. */
function readHoles(quasis) {
  const holes = [];
  let before = '';
  for (const quasi of quasis.slice(0, -1)) {
    before += quasi;
    const tag = before.slice(before.lastIndexOf('<'));
    const inTag = before.lastIndexOf('<') > before.lastIndexOf('>');
    holes.push(!inTag || spoken.test(/\s([\w.@?-]+)="?[^"\s]*$/.exec(tag)?.[1] ?? ''));
    before += HOLE;
  }
  return holes;
}

/** The literals that an expression may come to, in itself: not what is handed to a function. */
function* literals(node) {
  if (ts.isStringLiteralLike(node)) yield node;
  else if (ts.isTemplateExpression(node)) {
    yield node.head;
    for (const { expression, literal } of node.templateSpans) {
      yield literal;
      yield* literals(expression);
    }
  } else if (ts.isConditionalExpression(node)) for (const branch of [node.whenTrue, node.whenFalse]) yield* literals(branch);
  else if (ts.isBinaryExpression(node)) {
    if ([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.PlusToken].includes(node.operatorToken.kind))
      for (const side of [node.left, node.right]) yield* literals(side);
  } else if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) yield* literals(node.expression);
  else if (ts.isArrayLiteralExpression(node)) for (const element of node.elements) yield* literals(element);
}

/** Texts in the templates of a file that do not come from the messages. */
function literalTexts(source) {
  const found = [];
  const report = (node, text) => {
    if (hasLetters(text)) found.push(`${where(node)}: ${text.replaceAll(HOLE, '…').replace(/\s+/g, ' ').trim()}`);
  };
  walk(source, (node) => {
    // What is said aloud is a text as well.
    const called = ts.isCallExpression(node) && (node.expression.name ?? node.expression).text;
    if (called && /^#?(announce|say)$/.test(called)) for (const argument of node.arguments) for (const one of literals(argument)) report(one, one.text);
    if (!ts.isTaggedTemplateExpression(node) || node.tag.getText(source) !== 'html') return;
    const { template } = node;
    const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
    const quasis = ts.isTemplateExpression(template) ? [template.head, ...spans.map(({ literal }) => literal)] : [template];
    for (const text of readIn(quasis.map(({ text: one }) => one).join(HOLE))) report(node, text);
    readHoles(quasis.map(({ text }) => text)).forEach((isRead, index) => {
      if (isRead) for (const one of literals(spans[index].expression)) report(one, one.text);
    });
  });
  return found;
}

/** The keys of the messages, by the file that has them. */
const keys = new Map(
  sources('src/core/messages').flatMap((source) => {
    const found = [];
    walk(source, (node) => {
      if (!ts.isVariableDeclaration(node) || !/Messages$/.test(node.name.getText(source))) return;
      walk(node.initializer, (inner) => {
        const isTop = ts.isPropertyAssignment(inner) && !ts.isPropertyAssignment(inner.parent.parent);
        if (isTop) found.push([inner.name.text, source.fileName.slice(root.length)]);
      });
    });
    return found;
  }),
);

/** True where a string can be nothing but a key of a message. */
function isKey(node) {
  const type = checker.getContextualType(node);
  const members = (type?.isUnion() ? type.types : type ? [type] : []).filter((one) => one.isStringLiteral());
  return members.length > 1 && members.every(({ value }) => keys.has(value));
}

/** What may be a key: literals that are one by their type, and patterns that are put together of other words. */
function uses() {
  const literal = new Set();
  const words = new Set();
  const patterns = [];
  for (const source of sources('src')) {
    if (/src\/(core\/messages|locales)\//.test(source.fileName.replaceAll('\\', '/'))) continue;
    walk(source, (node) => {
      if (ts.isStringLiteralLike(node)) {
        words.add(node.text);
        if (isKey(node)) literal.add(node.text);
        // Lists of words that are split where they are used.
        for (const word of node.text.split(' ')) words.add(word);
      } else if (ts.isIdentifier(node) && ts.isPropertyName(node)) words.add(node.text);
      else if (ts.isNumericLiteral(node)) words.add(node.text);
      else if (ts.isTemplateExpression(node)) {
        const parts = [node.head.text, ...node.templateSpans.map(({ literal: one }) => one.text)];
        if (parts.some((part) => /[\w.]/.test(part)))
          patterns.push(new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+)')}$`));
      }
    });
  }
  const isWord = (word) => words.has(word) || patterns.some((pattern) => pattern.test(word));
  const isUsed = (key) => literal.has(key) || patterns.some((pattern) => pattern.exec(key)?.slice(1).every(isWord));
  return { isUsed };
}

describe('the texts', () => {
  it('are in the messages, none in a template', () => {
    assert.ok(sources('src/elements').length > 10);
    assert.deepEqual(sources('src/elements').flatMap(literalTexts), []);
  });

  it('would be found in a template, an attribute, an expression and an announcement', () => {
    const template = [
      'const one = html`<p title="A title" class="no text">Some text ${busy ? "Busy" : nothing} ${t("key")}</p>`;',
      'const two = html`<b aria-label=${wide ? "Wide" : t("narrow")} id="${id}-x" @click=${() => go("where")}>${a}: ${`${b} of`}</b>`;',
      'this.#host.announce("Done");',
    ].join('\n');
    const source = ts.createSourceFile(`${root}example.ts`, template, ts.ScriptTarget.Latest, true);
    assert.deepEqual(
      literalTexts(source).map((one) => one.replace(/^[^ ]+ /, '')).sort(),
      ['A title', 'Busy', 'Done', 'Some text … …', 'Wide', 'of'].sort(),
    );
  });

  it('are each used somewhere', () => {
    const { isUsed } = uses();
    assert.ok(keys.size > 250, `${keys.size} messages`);
    assert.equal(isUsed('no-such-key'), false);
    assert.deepEqual([...keys].filter(([key]) => !isUsed(key)).map(([key, file]) => `${file}: ${key}`), []);
  });

  it('have a file for each language that is fetched, and each language is fetched', () => {
    const languages = readdirSync(join(root, 'src/locales')).map((file) => file.replace('.ts', ''));
    const localization = program.getSourceFile(join(root, 'src/elements/shared/localization.ts'));
    const fetched = [...localization.text.matchAll(/^ {2}(\w+): \(\) => import\('([^']+)'\)/gm)].map(([, language, file]) => {
      assert.equal(join(dirname(localization.fileName), file), join(root, `src/locales/${language}.js`));
      return language;
    });
    assert.deepEqual(fetched.concat('en').sort(), languages.sort());
  });
});
