import { PasswordInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

/** The password once more, so that a slip of the finger locks nobody out. */
export function PasswordConfirmation(props: ComponentProps<typeof PasswordInput>) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('users.confirmPassword')}
      autoComplete="new-password"
      required
      visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
      {...props}
    />
  );
}

type Errors = Record<string, string>;

/**
 * Adds to a form's check that `confirmation` repeats the password at the dotted `passwordPath`. The schema
 * of a call knows no confirmation and would refuse the form for it, so it is taken out before.
 */
export const withConfirmation =
  (check: (values: unknown) => Errors, passwordPath: string, t: TFunction) =>
  ({ confirmation, ...values }: { confirmation: string } & Record<string, unknown>): Errors => {
    const errors = check(values);
    if (confirmation !== valueAt(values, passwordPath)) errors['confirmation'] = t('users.confirmationDiffers');
    return errors;
  };

const valueAt = (values: unknown, path: string): unknown =>
  path.split('.').reduce((value, key) => (value as Record<string, unknown>)[key], values);
