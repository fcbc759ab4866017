interface Row {
  stage: string;
  ratio: number;
  before: number | undefined;
  times: number | null;
  slower: boolean;
}
export function ratiosOf(seconds: Record<string, number>): Record<string, number>;
export function compare(
  ratios: Record<string, number>,
  stored: Record<string, Record<string, number>>,
  processor: string,
): { rows: Row[]; margin: number };
