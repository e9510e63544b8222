import { Button, Group, Modal, Stack, type MantineSize } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppException } from '../../shared/errors.ts';
import { useShortcut } from '../app/shortcuts.ts';
import { ErrorNotice } from './error-notice.tsx';
import { useFocusBack } from './use-focus-back.ts';

interface FormDialogProps {
  title: string;
  submitLabel: string;
  /** `Cancel`, unless that is what the form itself is about. */
  cancelLabel?: string;
  busy: boolean;
  /** The refusal of the last try; `invalid-input` is shown at the fields and not here. */
  error: AppException | null;
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
  /** What else can be done, at the other end of the row of buttons. */
  aside?: ReactNode;
  size?: MantineSize;
}

/** Whoever types begins at the first field, and not at the button that closes. */
const beginAtFirstField = (form: HTMLFormElement | null) => form?.querySelector('input:not([disabled]), textarea:not([disabled])')?.setAttribute('data-autofocus', '');

/** A form in a dialogue; mounted means open. A click beside it does not throw away what was typed. */
export function FormDialog({ title, submitLabel, cancelLabel, busy, error, onSubmit, onClose, children, aside, size = 'md' }: FormDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  useShortcut('save', () => onSubmit());
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form ref={beginAtFirstField} onSubmit={onSubmit} noValidate>
        <Stack gap="sm">
          {error && error.error.code !== 'invalid-input' && <ErrorNotice error={error} />}
          {children}
          <Group justify="flex-end" gap="xs" mt="xs">
            {aside !== undefined && <div style={{ marginRight: 'auto' }}>{aside}</div>}
            <Button variant="default" onClick={onClose}>
              {cancelLabel ?? t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
