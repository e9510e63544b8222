import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { errorText } from './error-text.ts';

/** Tells of a failure that belongs to no place on the screen. Stays until it is closed. */
export function notifyError(thrown: unknown, t: TFunction): void {
  const { title, safe, todo } = errorText(thrown, t);
  notifications.show({
    color: 'red',
    role: 'alert',
    autoClose: false,
    title,
    message: `${safe} ${todo}`,
    closeButtonProps: { 'aria-label': t('common.close') },
  });
}

/** Tells of something that is done. Must not hold patient text: it stays while the screen changes. */
export function notifyDone(message: string, t: TFunction): void {
  notifications.show({ color: 'green', role: 'status', autoClose: 3000, message, closeButtonProps: { 'aria-label': t('common.close') } });
}
