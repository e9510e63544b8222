import { dialog } from 'electron';
import type { AppError } from '../../shared/errors.ts';
import type { Translator } from './preferences.ts';

/** Says in a dialog of the system what went wrong, what is safe and what to do; for when the page cannot. */
export function showError(translator: Translator, error: AppError): void {
  const { title, detail } = errorText(translator, error);
  dialog.showErrorBox(title, detail);
}

/** The same with a choice; answers whether the person wants to try again. */
export async function askToTryAgain(translator: Translator, error: AppError): Promise<boolean> {
  const { title, detail } = errorText(translator, error);
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Outpost',
    message: title,
    detail,
    buttons: [translator.t('shell.tryAgain'), translator.t('shell.closeOutpost')],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

function errorText({ t }: Translator, error: AppError): { title: string; detail: string } {
  // Each code's text takes that error's own fields, which the types of the keys cannot say for all codes at once.
  const fill = t as (key: string, fields: object) => string;
  return { title: t(`error.${error.code}.title`), detail: `${t(`error.${error.code}.safe`)}\n\n${fill(`error.${error.code}.todo`, { ...error })}` };
}
