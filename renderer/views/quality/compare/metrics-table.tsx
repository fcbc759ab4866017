import type { CompareResult, Quality } from '../../../../core/protocol.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import type { Key } from '../../../i18n/index.ts';
import { count, decimal, share } from '../../../state/format.ts';

/** Measures in the order of the quality view; more is better, but for topics and outliers, of which neither is. */
const measures: (keyof Quality)[] = [
  'topics',
  'outlierShare',
  'npmi',
  'cV',
  'diversity',
  'silhouette',
  'dbcv',
  'ami',
  'nmi',
  'vMeasure',
];
const unjudged = new Set<keyof Quality>(['topics', 'outlierShare']);

function shown(name: keyof Quality, value: number | null): string {
  if (value === null) return '–';
  return name === 'topics' ? count(value) : name === 'outlierShare' ? share(value) : decimal(value, 3);
}

/** Every measure of every variant; the best of a row is bold. Then how far each two agree. */
export function MetricsTable({ result }: { result: CompareResult }): React.ReactNode {
  const t = useT();
  const { variants, agreement } = result;
  const rows = measures.filter((name) => variants.some(({ quality }) => quality[name] !== null));
  return (
    <Scroll label={t('compare.metrics')} style={{ overflow: 'auto', marginTop: 16 }}>
      <table className="rows numbers">
        <thead>
          <tr>
            <th scope="col">{t('compare.metrics')}</th>
            {variants.map(({ name }) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((name) => {
            const values = variants.map(({ quality }) => quality[name]);
            const best = Math.max(...values.map((value) => value ?? -Infinity));
            return (
              <tr key={name}>
                <th scope="row">{t(`measure.${name}` as Key)}</th>
                {values.map((value, k) => (
                  <td
                    key={variants[k].name}
                    className="number"
                    style={{ fontWeight: !unjudged.has(name) && value === best ? 700 : 400 }}
                  >
                    {shown(name, value)}
                  </td>
                ))}
              </tr>
            );
          })}
          {variants.map((variant, i) => (
            <tr key={variant.name}>
              <th scope="row">{t('compare.agreement', { name: variant.name })}</th>
              {variants.map((other, j) => (
                <td key={other.name} className="number">
                  {i === j ? '–' : decimal(agreement[i][j], 3)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
