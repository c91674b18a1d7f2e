import { readFileSync } from 'node:fs';

export default {
  globs: ['src/elements/**/*.ts', 'src/events/**/*.ts'],
  // Style sheets are nobody's to program against.
  exclude: ['**/*.d.ts', '**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  // "customElements" in package.json is written by hand.
  packagejson: false,
  // Sorted: the order in which the analyzer finds them is now and then another.
  overrideModuleCreation: ({ ts, globs }) =>
    globs.sort().map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2015, true)),
};
