import { defineConfig } from 'vite';

/** The portal as static files. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
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
