import { useEffect } from 'react';
import { createTranslator } from '../../shared/i18n/index.ts';
import type { Language } from '../../shared/schema/setting.ts';

/** Until the backend has told the language that was chosen, the one of the system. */
const systemLanguage: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';

export const translator = createTranslator(systemLanguage);

/** Speaks the chosen language, here and in what the browser itself reads out, hyphenates and picks fonts by. */
export function useLanguage(language: Language = systemLanguage): void {
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    void translator.changeLanguage(language);
  }, [language]);
}
