import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/**
 * What the reader of PDF files asks for by name: the character maps of Chinese fonts that a file doesn't bring along, as
 * invoices don't, and decoders of scans as plain script, for the content security policy compiles none.
 */
const pdfParts = (): Plugin => ({
  name: 'pdf-parts',
  generateBundle() {
    const library = join(import.meta.dirname, '../node_modules/pdfjs-dist');
    for (const [folder, wanted] of [
      ['cmaps', /^(GB|UniGB|Adobe-GB)/],
      ['wasm', /_nowasm_fallback\.js$/],
    ] as const) {
      for (const name of readdirSync(join(library, folder)).filter((file) => wanted.test(file))) {
        const source = readFileSync(join(library, folder, name));
        this.emitFile({ type: 'asset', fileName: `pdf/${folder}/${name}`, source });
      }
    }
  },
});

/** The portal as static files. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  plugins: [pdfParts()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy allows nothing inline, and names are contents.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      // The libraries mark what runs in browsers; here everything does.
      checks: { moduleLevelDirective: false },
    },
  },
});
