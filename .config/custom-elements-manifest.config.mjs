export default {
  globs: ['src/elements/**/*.ts', 'src/events/**/*.ts'],
  // Style sheets are nobody's to program against.
  exclude: ['**/*.d.ts', '**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  // "customElements" in package.json is written by hand.
  packagejson: false,
};
