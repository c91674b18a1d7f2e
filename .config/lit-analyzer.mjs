// lit-analyzer --strict over src/, less what it cannot know: it is older than `nothing`, and than parts of HTML and CSS.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import analyzer from 'lit-analyzer';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

const newerAttributes = ['autocorrect', 'inert', 'popover', 'popovertarget', 'popovertargetaction', 'writingsuggestions'];
const newerCss = [
  'accent-color|anchor-name|contain-intrinsic-size|container|container-name|container-type|content-visibility|field-sizing|forced-color-adjust|interpolate-size|overlay|position-anchor|position-area|position-try-fallbacks|print-color-adjust|scrollbar-gutter|text-wrap|text-wrap-style|transition-behavior',
  '@container|@layer|@starting-style|@property',
].map((names) => new RegExp(`(^Unknown property: '|^Unknown at rule )(${names})'?$`));

function isFalseAlarm({ source, message }) {
  // What `nothing` removes is never bound; the rest of such a union is for TypeScript and the tests.
  if (source === 'no-incompatible-type-binding') return message.includes('Symbol(undefined)');
  return source === 'no-invalid-css' && newerCss.some((pattern) => pattern.test(message));
}

const { config, error } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, root);
const program = ts.createProgram(fileNames, options);

const context = new analyzer.DefaultLitAnalyzerContext({ ts, getProgram: () => program, getProject: () => undefined });
context.updateConfig(
  analyzer.makeConfig({
    strict: true,
    globalAttributes: newerAttributes,
    // Elements never register each other: define.ts does, so no template's module imports a tag.
    rules: { 'no-missing-import': 'off' },
  }),
);
const lit = new analyzer.LitAnalyzer(context);

let problems = 0;
const files = program.getSourceFiles().filter(({ fileName }) => fileNames.includes(fileName));
for (const file of files) {
  for (const diagnostic of lit.getDiagnosticsInFile(file)) {
    if (isFalseAlarm(diagnostic)) continue;
    problems += 1;
    const { line, character } = file.getLineAndCharacterOfPosition(diagnostic.location.start);
    console.error(`${relative(root, file.fileName)}:${line + 1}:${character + 1}  ${diagnostic.message}  ${diagnostic.source}`);
  }
}
console.log(`lit-analyzer: ${problems} problems in ${files.length} files.`);
process.exit(problems > 0 ? 1 : 0);
