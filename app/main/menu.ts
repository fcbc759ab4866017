import { Menu } from 'electron';
import type { BaseWindow, MenuItemConstructorOptions } from 'electron';
import type { Labels } from './menu-labels.ts';

export interface MenuActions {
  /** Tells the focused window to do what the palette calls by the same name. */
  command: (window: BaseWindow | undefined, name: string) => void;
  newWindow: () => void;
  showLog: () => void;
}

/** The native menu: every action of the window has its place here, under the name that the palette knows it by. */
export function setMenu(labels: Labels, actions: MenuActions): void {
  const item = (label: string, name: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: (_item, window) => actions.command(window, name),
  });
  const role = (
    name: NonNullable<MenuItemConstructorOptions['role']>,
    label: string,
  ): MenuItemConstructorOptions => ({ role: name, label });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(mac
      ? [
          {
            label: 'MoETopic',
            submenu: [
              role('about', labels.about),
              separator,
              role('services', labels.services),
              separator,
              role('hide', labels.hide),
              role('hideOthers', labels.hideOthers),
              role('unhide', labels.unhide),
              separator,
              role('quit', labels.quit),
            ],
          },
        ]
      : []),
    {
      label: labels.file,
      submenu: [
        item(labels.openFile, 'file.open', 'CmdOrCtrl+O'),
        item(labels.openFolder, 'file.openFolder', 'CmdOrCtrl+Shift+O'),
        item(labels.openProject, 'file.openProject'),
        separator,
        { label: labels.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
        item(labels.closeProject, 'file.close'),
        separator,
        {
          label: labels.export,
          submenu: [
            item(labels.csv, 'export.csv', 'CmdOrCtrl+E'),
            item(labels.parquet, 'export.parquet'),
            item(labels.json, 'export.json'),
            item(labels.html, 'export.html'),
            item(labels.zip, 'export.zip'),
          ],
        },
        separator,
        item(labels.preferences, 'view.preferences', 'CmdOrCtrl+,'),
        separator,
        mac ? role('close', labels.close) : role('quit', labels.quit),
      ],
    },
    {
      label: labels.edit,
      submenu: [
        item(labels.undo, 'edit.undo'),
        item(labels.redo, 'edit.redo'),
        item(labels.clear, 'edit.clear'),
        separator,
        role('cut', labels.cut),
        role('copy', labels.copy),
        role('paste', labels.paste),
        role('selectAll', labels.selectAll),
      ],
    },
    {
      label: labels.view,
      submenu: [
        item(labels.corpus, 'view.corpus', 'CmdOrCtrl+1'),
        item(labels.runView, 'view.run', 'CmdOrCtrl+2'),
        item(labels.explore, 'view.explore', 'CmdOrCtrl+3'),
        item(labels.figures, 'view.figures', 'CmdOrCtrl+4'),
        item(labels.quality, 'view.quality', 'CmdOrCtrl+5'),
        item(labels.models, 'view.models', 'CmdOrCtrl+6'),
        separator,
        item(labels.topics, 'view.topics', 'CmdOrCtrl+B'),
        item(labels.details, 'view.details', 'CmdOrCtrl+Shift+B'),
        item(labels.theme, 'view.theme', 'CmdOrCtrl+Shift+L'),
        separator,
        role('resetZoom', labels.resetZoom),
        role('zoomIn', labels.zoomIn),
        role('zoomOut', labels.zoomOut),
        role('togglefullscreen', labels.fullScreen),
      ],
    },
    {
      label: labels.run,
      submenu: [
        item(labels.start, 'run.start', 'CmdOrCtrl+Return'),
        item(labels.cancel, 'run.cancel', 'CmdOrCtrl+.'),
      ],
    },
    {
      label: labels.window,
      role: 'window',
      submenu: [
        role('minimize', labels.minimize),
        mac ? role('front', labels.front) : role('close', labels.close),
      ],
    },
    {
      label: labels.help,
      role: 'help',
      submenu: [item(labels.helpPages, 'view.help', 'F1'), { label: labels.log, click: actions.showLog }],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
