import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Translator } from './preferences.ts';

/**
 * Sets the application's menu in the translator's language. Labels have no `&` letters: Alt with a letter belongs to
 * the page's own shortcuts.
 */
export function setupMenu({ t }: Translator): void {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const appMenu: MenuItemConstructorOptions = {
    label: 'Outpost',
    submenu: [
      { role: 'about', label: t('shell.about') },
      separator,
      { role: 'hide', label: t('shell.hide') },
      { role: 'hideOthers', label: t('shell.hideOthers') },
      { role: 'unhide', label: t('shell.showAll') },
      separator,
      { role: 'quit', label: t('shell.quit') },
    ],
  };
  const fileMenu: MenuItemConstructorOptions = { label: t('shell.file'), submenu: [{ role: 'quit', label: t('shell.quit') }] };
  const editMenu: MenuItemConstructorOptions = {
    label: t('shell.edit'),
    submenu: [
      { role: 'undo', label: t('shell.undo') },
      { role: 'redo', label: t('shell.redo') },
      separator,
      { role: 'cut', label: t('shell.cut') },
      { role: 'copy', label: t('shell.copy') },
      { role: 'paste', label: t('shell.paste') },
      { role: 'selectAll', label: t('shell.selectAll') },
    ],
  };
  const developerItems: MenuItemConstructorOptions[] = [{ role: 'reload', label: t('shell.reload') }, { role: 'toggleDevTools', label: t('shell.developerTools') }, separator];
  const viewMenu: MenuItemConstructorOptions = {
    label: t('shell.view'),
    submenu: [
      ...(app.isPackaged ? [] : developerItems),
      { role: 'resetZoom', label: t('shell.actualSize') },
      { role: 'zoomIn', label: t('shell.zoomIn') },
      { role: 'zoomOut', label: t('shell.zoomOut') },
      separator,
      { role: 'togglefullscreen', label: t('shell.fullScreen') },
    ],
  };
  const windowMenu: MenuItemConstructorOptions = {
    label: t('shell.window'),
    submenu: [
      { role: 'minimize', label: t('shell.minimize') },
      { role: 'close', label: t('shell.close') },
    ],
  };
  const helpMenu: MenuItemConstructorOptions = {
    label: t('shell.help'),
    submenu: [{ label: t('shell.about'), click: () => app.showAboutPanel() }],
  };
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(Menu.buildFromTemplate([isMac ? appMenu : fileMenu, editMenu, viewMenu, windowMenu, ...(isMac ? [] : [helpMenu])]));
}
