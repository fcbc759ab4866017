import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

/** A sentence of the window, by its name in the catalogues. */
export type Key = keyof typeof en;
export type Translate = (key: Key, values?: Record<string, string | number>) => string;

export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;
export type LanguageCode = keyof typeof languages;

void i18next.use(initReactI18next).init({
  lng: systemLanguage(),
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  // React writes text, never HTML: escaping again would show "&amp;".
  interpolation: { escapeValue: false },
  resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
  initAsync: false,
});

function systemLanguage(): LanguageCode {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function setLanguage(wanted: LanguageCode | 'auto'): void {
  const code = wanted === 'auto' ? systemLanguage() : wanted;
  document.documentElement.lang = code;
  if (i18next.language !== code) void i18next.changeLanguage(code);
}

export function language(): LanguageCode {
  return i18next.language as LanguageCode;
}

/** For sentences outside of React (notices, file names). */
export const t: Translate = (key, values) => i18next.t(key, values);

/** For components: they are drawn again when the language changes. */
export function useT(): Translate {
  const { t: translate } = useTranslation();
  return translate;
}
