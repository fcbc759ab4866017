import { create } from 'zustand';

export type Theme = 'auto' | 'light' | 'dark';
export type Language = 'auto' | 'en' | 'zh-CN';

export interface Preferences {
  theme: Theme;
  language: Language;
  device: string;
  /** Text size of the whole window, in per cent. */
  zoom: number;
  /** The guided first run was seen. */
  guided: boolean;
}

const key = 'moetopic.preferences';
const defaults: Preferences = { theme: 'auto', language: 'auto', device: 'auto', zoom: 100, guided: false };

function stored(): Preferences {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>;
    return { ...defaults, ...found };
  } catch {
    // A broken entry is as good as none.
    return defaults;
  }
}

export const usePreferences = create<Preferences>(() => stored());

export function prefer(change: Partial<Preferences>): void {
  usePreferences.setState(change);
  localStorage.setItem(key, JSON.stringify(usePreferences.getState()));
}
