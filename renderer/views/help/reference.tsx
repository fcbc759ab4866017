import type { AppInfo } from '../../../core/protocol.ts';
import { useT } from '../../i18n/index.ts';

/** Every parameter, from the stages' own schemas: flag, default, unit, one line. */
export function Reference({ stages }: { stages: AppInfo['params'] }): React.ReactNode {
  const t = useT();
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
                    {param.help}
                    {param.choices && <div className="quiet">{param.choices.join(' | ')}</div>}
                  </td>
                  <td>
                    <code>{JSON.stringify(param.default) ?? '–'}</code> {param.unit}
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
