import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { dependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { dependencies: Record<string, string> };

/** Every module in `src/locales` is an entry point of its own. */
function localeEntries(): Record<string, string> {
  if (!existsSync(at('src/locales'))) return {};
  const files = readdirSync(at('src/locales')).filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(files.sort().map((file) => [`locales/${basename(file, '.ts')}`, at(`src/locales/${file}`)]));
}

const entries: Record<string, string> = {
  index: at('src/index.ts'),
  define: at('src/define.ts'),
  'core/index': at('src/core/index.ts'),
  'adapters/memory': at('src/adapters/memory.ts'),
  'adapters/local': at('src/adapters/local.ts'),
  'adapters/rest': at('src/adapters/rest.ts'),
  'testing/index': at('src/testing/index.ts'),
  ...localeEntries(),
};

/** `dist/`: one readable module per source module, dependencies left to the host's package manager. */
const library: UserConfig = {
  root: at('.'),
  publicDir: false,
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: 'hidden',
    minify: false,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: {
      external: Object.keys(dependencies).map((name) => new RegExp(`^${name}($|/)`)),
      output: {
        preserveModules: true,
        preserveModulesRoot: at('src'),
        // The compiler's own helpers get a plain name instead of one with its version in it.
        entryFileNames: ({ name }) =>
          name.startsWith('_virtual/') ? `internal/${basename(name).replace(/\.js$/, '')}.js` : '[name].js',
      },
    },
  },
};

const compact: Record<string, (text: string) => string> = {
  html: (text) =>
    text
      .replace(/>\s*\n\s*</g, '><')
      // The end of a tag on a line of its own, or of a void element, behind a value.
      .replace(/^\s*\n?\s*\/?>/, '>')
      .replace(/\s*\n\s*/g, ' ')
      // Where a value needs no quotes (HTML, unquoted attribute value syntax) and more of the tag follows.
      .replace(/(?<=\s[\w-]+=)"([\w-]+)"(?=[\s>])/g, '$1'),
  css: (text) =>
    text
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?|(:) /g, '$1$2')
      .replace(/;}/g, '}')
      .replace(/(?<=[\s:(,])0(?=\.\d)/g, '')
      .replace(/ ([>~]) /g, '$1')
      .replace(/ ([*/]) (?=[\d-])| (?=!)/g, '$1')
      // Private properties: a page cannot tell what they are called.
      .replaceAll('--_webhook-', '--_'),
};

interface Quasi {
  readonly start: number;
  readonly end: number;
  readonly value: { readonly raw: string };
}

/** Takes line breaks and indentation out of Lit's templates. A space on one line stays: it may be seen. */
const compactTemplates: Plugin = {
  name: 'compact-templates',
  transform: {
    filter: { id: /\/src\/.*\.ts$/ },
    order: 'post',
    handler(code) {
      const edits: { start: number; end: number; text: string }[] = [];
      const visit = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        const { type, tag, quasi } = node as { type?: string; tag?: { name?: string }; quasi?: { quasis: Quasi[] } };
        const change = type === 'TaggedTemplateExpression' && compact[tag?.name ?? ''];
        if (change) for (const { start, end, value } of quasi!.quasis) edits.push({ start, end, text: change(value.raw) });
        for (const child of Object.values(node)) visit(child);
      };
      visit(this.parse(code));
      for (const { start, end, text } of edits.sort((a, b) => b.start - a.start)) code = code.slice(0, start) + text + code.slice(end);
      return { code, map: null };
    },
  },
};

/** The bundler's notes to other bundlers, which the browser has no use for. */
const withoutAnnotations: Plugin = {
  name: 'without-annotations',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/\/\* ?@__PURE__ ?\*\/ ?/g, '');
  },
};

/**
 * Names the chunk of all that an entry imports statically, but for the entry itself. The files that load on demand then
 * share code with that chunk and never import the entry, whose address may have a query or be redirected by a CDN: they
 * would load all of it a second time.
 */
function staticPart(name: string, entry: string) {
  let closure: Set<string> | undefined;
  return (id: string, context: { getModuleInfo(id: string): { importedIds: string[] } | null }): string | null => {
    if (!closure) {
      closure = new Set([entry]);
      for (const one of closure) for (const next of context.getModuleInfo(one)?.importedIds ?? []) closure.add(next);
      closure.delete(entry);
    }
    return closure.has(id) ? name : null;
  };
}

/** `dist/cdn/`: everything bundled and minified; dynamic imports become siblings with stable names. */
const cdn: UserConfig = {
  root: at('.'),
  plugins: [compactTemplates, withoutAnnotations],
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: at('dist/cdn'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: 'hidden',
    // 0.4 kB less, gzipped, than Vite's own minifier.
    minify: 'terser',
    terserOptions: { module: true, compress: { ecma: 2022, passes: 6, pure_getters: true, unsafe: true, unsafe_arrows: true, unsafe_comps: true, unsafe_methods: true, keep_fargs: false, hoist_funs: true, sequences: false } },
    license: { fileName: 'LICENSES.md' },
    lib: { entry: { 'webhook-settings': at('src/cdn.ts') }, formats: ['es'] },
    rolldownOptions: {
      output: {
        comments: false,
        codeSplitting: {
          groups: [
            { name: staticPart('list', at('src/cdn.ts')), debugName: 'list', priority: 2 },
            { name: 'adapters', test: /src\/adapters\/(?!judge)|idb-keyval/, priority: 1 },
            // What judges for an adapter does so with the rules of the form.
            { name: 'on-demand', test: /src\/(elements\/on-demand|adapters\/judge)/ },
          ],
        },
        entryFileNames: '[name].js',
        chunkFileNames: ({ facadeModuleId }) => (facadeModuleId?.startsWith(at('src/locales/')) ? 'locale-[name].js' : '[name].js'),
      },
    },
  },
};

/** The demo's development server: several pages, the package's entry points read from `src/`. */
const demo: UserConfig = {
  root: at('demo'),
  appType: 'mpa',
  resolve: {
    alias: [
      { find: /^webhook-settings$/, replacement: at('src/index.ts') },
      { find: /^webhook-settings\/(define)$/, replacement: at('src/$1.ts') },
      { find: /^webhook-settings\/(core|testing)$/, replacement: at('src/$1/index.ts') },
      { find: /^webhook-settings\/((?:adapters|locales)\/[\w-]+)$/, replacement: at('src/$1.ts') },
      { find: /^webhook-settings\/custom-elements\.json$/, replacement: at('custom-elements.json') },
    ],
  },
  server: { fs: { allow: [at('.')] } },
};

export default defineConfig(({ command, mode }) => {
  if (command === 'serve') return demo;
  return mode === 'cdn' ? cdn : library;
});
