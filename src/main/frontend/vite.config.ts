import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const output = here('../../../target/frontend');

/** Puts the client library beside the page, as one ES module for pages that have no build step. */
function clientLibrary(): Plugin {
  return {
    name: 'roomcast-client-library',
    apply: 'build',
    // After the page's own files, because writing those empties the folder. Runs again on each build of --watch.
    async closeBundle() {
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        build: {
          target: 'es2022',
          outDir: `${output}/client`,
          emptyOutDir: true,
          lib: { entry: here('client/index.ts'), formats: ['es'], fileName: () => 'roomcast-client.js' },
        },
      });
    },
  };
}

export default defineConfig({
  base: './', // Relative, so that the page works under any context root.
  plugins: [react(), clientLibrary()],
  build: { outDir: output, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  test: { include: ['tests/**/*.test.{ts,tsx}'], testTimeout: 60_000, hookTimeout: 60_000 },
});
