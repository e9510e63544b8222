import type { TFunction } from 'i18next';
import { resources } from '../../../shared/i18n/index.ts';

type Failure = keyof (typeof resources)['en']['translation']['sync']['failure'];

/** The last error that a workstation reported; a code of a newer version is shown as it came. */
export const lastErrorText = (code: string, t: TFunction): string =>
  Object.hasOwn(resources.en.translation.sync.failure, code) ? t(`sync.failure.${code as Failure}.title`) : code;
