import { app, nativeTheme } from 'electron';
import type { AppStatus } from '../../shared/contract/app.ts';
import { createTranslator } from '../../shared/i18n/index.ts';
import type { Preferences } from '../../shared/schema/setting.ts';
import type { BackendProcess } from './backend-process.ts';

/** Says the shell's own texts: the menu and the few dialogs that stand outside the page. */
export type Translator = ReturnType<typeof createTranslator>;

/** A translator in the system's language, until the person's own choice is known. */
export function systemTranslator(): Translator {
  return createTranslator(app.getLocale().startsWith('zh') ? 'zh' : 'en');
}

/** Keeps the shell in the language and theme that the person chose; `onLanguage` runs after each change of language. */
export function setupPreferences(backend: Pick<BackendProcess, 'call' | 'subscribe'>, translator: Translator, onLanguage: () => void): void {
  const follow = async (): Promise<void> => {
    const result = await backend.call('shell', 'app.status', {});
    if (!result.ok) return;
    const { language, theme } = (result.value as AppStatus).preferences satisfies Preferences;
    nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
    if (language === translator.language) return;
    await translator.changeLanguage(language);
    onLanguage();
  };
  backend.subscribe((event) => {
    if (event.type === 'status') void follow();
  });
}
