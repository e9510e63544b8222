import { createInstance, type i18n } from 'i18next';
import type { Language } from '../schema/setting.ts';
import * as en from './en/index.ts';
import * as zh from './zh/index.ts';

/**
 * Every text of the program. `en` is the source of keys (`en/<noun>.ts`), `zh` satisfies its shape. Keys are
 * `<noun>.<key>`, such as `common.save` or `error.disk-full.title`.
 */
export const resources = { en: { translation: en }, zh: { translation: zh } } as const;

/** A translator for one window or process; `changeLanguage` switches it at run time. */
export function createTranslator(language: Language): i18n {
  const instance = createInstance();
  void instance.init({
    resources,
    lng: language,
    fallbackLng: false,
    initAsync: false,
    // React and the DOM's text nodes escape already; escaping twice would show &amp; in names.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}

type Plain<Texts, Path extends string = ''> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? Texts[Key] extends `${string}{{${string}`
      ? never
      : `${Path}${Key}`
    : Plain<Texts[Key], `${Path}${Key}.`>;
}[keyof Texts & string];

/** Key of a text that stands by itself: `t(key)` needs no values. For registries of labels. */
export type TextKey = Plain<typeof en>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}
