import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

// One quiet accent, a deep teal-blue; the topics own the rest of the colour.
const ink: MantineColorsTuple = [
  '#eef6fa',
  '#dceaf2',
  '#b4d4e5',
  '#89bdd8',
  '#66a9cd',
  '#509dc6',
  '#4297c4',
  '#3283ad',
  '#1f6a90',
  '#0d5a7f',
];

// Every script that a corpus may hold has a font to fall back on.
const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "PingFang SC", "Hiragino Sans", ' +
  '"Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Malgun Gothic", "Noto Sans Arabic", "Noto Sans Hebrew", ' +
  '"Noto Sans Devanagari", "Noto Sans Thai", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"';

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 8,
  autoContrast: true,
  colors: { ink },
  fontFamily: fonts,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontFamily: fonts, fontWeight: '600' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: { Button: { defaultProps: { fw: 500 } } },
});

/** The window's own surfaces beside Mantine's: `--surface` for panes, `--sunken` for the map, `--line` for hairlines. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--surface': '#ffffff',
    '--sunken': '#f6f7f8',
    '--raised': '#fbfcfc',
    '--line': '#e2e5e8',
    '--ink': '#1a2127',
    '--quiet': '#55616b',
    '--accent': '#0d5a7f',
    '--accent-soft': '#e3eff6',
    '--outlier': '#8b949c',
    '--mark': '#ffe8a3',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1a2127',
    '--mantine-color-dimmed': '#55616b',
    '--mantine-color-placeholder': '#66727c',
    '--mantine-color-default-border': '#ccd2d7',
  },
  dark: {
    '--surface': '#171b1f',
    '--sunken': '#0f1215',
    '--raised': '#1c2126',
    '--line': '#2b3238',
    '--ink': '#e6eaed',
    '--quiet': '#a3aeb7',
    '--accent': '#8ec5e2',
    '--accent-soft': '#1d3340',
    '--outlier': '#76818a',
    '--mark': '#6a5510',
    '--mantine-color-body': '#171b1f',
    '--mantine-color-text': '#e6eaed',
    '--mantine-color-dimmed': '#a3aeb7',
    '--mantine-color-placeholder': '#96a1aa',
    '--mantine-color-default': '#1f252a',
    '--mantine-color-default-hover': '#272e34',
    '--input-bg': '#1f252a',
    '--mantine-color-dark-6': '#1f252a',
    '--mantine-color-dark-7': '#171b1f',
    '--mantine-color-dark-5': '#272e34',
    '--mantine-color-dark-4': '#3a434b',
    '--mantine-color-default-border': '#3a434b',
  },
});
