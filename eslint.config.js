import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const stages = [
  'corpus',
  'moe',
  'embed',
  'reduce',
  'cluster',
  'keywords',
  'topics',
  'map',
  'store',
  'export',
];

/** Rooms of core that put stages together: they may use every stage, and no stage uses them. */
const above = ['models', 'run', 'project'];

export default tseslint.config(
  {
    ignores: [
      'vitest.config.ts',
      'dist/**',
      'release/**',
      'coverage/**',
      'test-results/**',
      'assets/**',
      'test/fixtures/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'setTimeout',
          'clearTimeout',
          'setImmediate',
          'performance',
          'WebAssembly',
          'fetch',
          'AbortController',
          'TextEncoder',
          'TextDecoder',
          'SharedArrayBuffer',
          'Atomics',
        ].map((g) => [g, 'readonly']),
      ),
    },
  },
  {
    // What a bench hands to the page runs in the browser.
    files: ['test/bench/**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'window', 'requestAnimationFrame', 'PointerEvent', 'MouseEvent'].map((g) => [
          g,
          'readonly',
        ]),
      ),
    },
  },
  {
    // core is Node only: no window, no React, no drawing library.
    files: ['core/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            'electron',
            'electron/*',
            'react',
            'react-dom',
            'react/*',
            'plotly*',
            '@mantine/*',
            '**/app/**',
            '**/renderer/**',
          ],
        },
      ],
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: stages.map((stage) => ({
            target: `./core/${stage}`,
            from: [...stages.filter((other) => other !== stage), ...above].map((other) => `./core/${other}`),
            message: 'A stage knows the others only through core/stages.ts.',
          })),
        },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [jsxA11y.flatConfigs.recommended],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/core/**'],
              allowTypeImports: true,
              message: 'The renderer knows only types of core.',
            },
            { group: ['**/app/**', 'electron'] },
          ],
        },
      ],
    },
  },
);
