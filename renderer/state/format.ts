import { language } from '../i18n/index.ts';

/** 18,846 */
export function count(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** 16.3 % */
export function share(value: number, digits = 1): string {
  return new Intl.NumberFormat(language(), {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function decimal(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return new Intl.NumberFormat(language(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

const unit = (value: number, name: string, digits: number): string =>
  new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value);

/** 26.4 MB */
export function bytes(value: number): string {
  if (value < 1e6) return unit(value / 1e3, 'kilobyte', 0);
  if (value < 1e9) return unit(value / 1e6, 'megabyte', value < 1e7 ? 1 : 0);
  return unit(value / 1e9, 'gigabyte', 1);
}

/** 4 sec, 3 min 20 sec, 2 hr 5 min */
export function seconds(value: number): string {
  const s = Math.max(0, Math.round(value));
  if (s < 1) return `< ${unit(1, 'second', 0)}`;
  if (s < 60) return unit(s, 'second', 0);
  if (s < 3600) {
    const rest = s % 60;
    return rest === 0 || s >= 600
      ? unit(Math.round(s / 60), 'minute', 0)
      : `${unit(Math.floor(s / 60), 'minute', 0)} ${unit(rest, 'second', 0)}`;
  }
  const hours = Math.floor(s / 3600);
  return `${unit(hours, 'hour', 0)} ${unit(Math.round((s - hours * 3600) / 60), 'minute', 0)}`;
}

export function day(value: number | string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime())
    ? String(value)
    : new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}

/** With its sign, as deviations are written: +1.2, −0.4. */
export function signed(value: number, digits = 1): string {
  return `${value < 0 ? '−' : '+'}${decimal(Math.abs(value), digits)}`;
}
