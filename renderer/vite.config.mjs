import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  base: './',
  publicDir: path.join(here, '../assets/icons/web'),
  plugins: [react()],
  build: {
    outDir: path.join(here, '../dist/renderer'),
    emptyOutDir: true,
    // The oldest Chromium it meets is that of the Electron used in tests (130).
    target: 'chrome130',
    // A module preload polyfill would be an inline-free extra nobody needs, and data: URLs need no CSP exception this way.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6000,
    rollupOptions: { input: path.join(here, 'index.html') },
  },
});
