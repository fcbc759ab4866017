import { Kbd } from '@mantine/core';
import { keysText } from '../../components/palette.tsx';
import { useT } from '../../i18n/index.ts';
import { commands } from '../../state/commands.ts';

export function Shortcuts(): React.ReactNode {
  const t = useT();
  return (
    <>
      <h1>{t('help.shortcuts')}</h1>
      <table>
        <tbody>
          <tr>
            <th scope="row">{t('header.palette')}</th>
            <td>
              <Kbd>{keysText('mod+K')}</Kbd>
            </td>
          </tr>
          {commands
            .filter((command) => command.keys)
            .map((command) => (
              <tr key={command.id}>
                <th scope="row">{t(command.label)}</th>
                <td>
                  <Kbd>{keysText(command.keys!)}</Kbd>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}
