import type { AppInfo } from '../../../core/protocol.ts';
import { language, useT } from '../../i18n/index.ts';
import { zhParams, zhUnits } from '../../i18n/zh-params.ts';

/** Every parameter, from the stages' own schemas: flag, default, unit, one line. */
export function Reference({ stages }: { stages: AppInfo['params'] }): React.ReactNode {
  const t = useT();
  const chinese = language() === 'zh-CN';
  const flag = (name: string): string => `--${name.replace(/([A-Z])/g, '-$1').toLowerCase()}`;
  return (
    <>
      <h1>{t('help.parameters')}</h1>
      <p>{t('help.parametersHint')}</p>
      {stages.map(({ stage, params }) => (
        <section key={stage}>
          <h2>{t(`stage.${stage}`)}</h2>
          <table>
            <tbody>
              {params.map((param) => (
                <tr key={param.name}>
                  <th scope="row">
                    <code>{flag(param.name)}</code>
                  </th>
                  <td>
                    {(chinese && zhParams[param.name]) || param.help}
                    {param.choices && <div className="quiet">{param.choices.join(' | ')}</div>}
                  </td>
                  <td>
                    <code>{JSON.stringify(param.default) ?? '–'}</code>{' '}
                    {chinese ? (zhUnits[param.unit ?? ''] ?? param.unit) : param.unit}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}
