import type { ModelEntry } from '../../../core/protocol.ts';
import { language, useT } from '../../i18n/index.ts';

export interface ModelWords {
  parameters: (p: ModelEntry['parameters'] | null) => string;
  experts: (e: ModelEntry['experts']) => string;
  languages: (codes: readonly string[]) => string;
}

/** A model's facts in the window's language. */
export function useModelWords(): ModelWords {
  const t = useT();
  const names = new Intl.DisplayNames(language(), { type: 'language' });
  // In the units that the language counts in: 475M, 4.8亿.
  const size = (n: number): string =>
    new Intl.NumberFormat(language(), {
      notation: 'compact',
      maximumSignificantDigits: 3,
    }).format(n);
  return {
    parameters: (p) =>
      p === null
        ? t('models.later')
        : p.active === p.total
          ? size(p.total)
          : t('models.active', { total: size(p.total), active: size(p.active) }),
    experts: (e) =>
      e === null
        ? t('models.dense')
        : t('models.experts', { active: e.active, count: e.count, layers: e.layers }),
    languages: (codes) => {
      if (codes.includes('*')) return t('models.many');
      if (codes.length > 5) return t('models.languageCount', { count: codes.length });
      return codes.map((code) => names.of(code) ?? code).join(', ') || t('models.later');
    },
  };
}
