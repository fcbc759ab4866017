/** A number rounded to 6 decimals, −0 as 0; null where there is none. So much is the same on every run and enough to draw. */
export function sixDecimals(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(6)) + 0 : null;
}

/** A number rounded to 6 significant digits, for weights of any size. */
export function sixDigits(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) + 0 : null;
}
