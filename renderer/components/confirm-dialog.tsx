import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error-notice.tsx';
import { useFocusBack } from './use-focus-back.ts';

export interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  /** What happens, and what does not. */
  children: ReactNode;
  confirmLabel: string;
  /** `Cancel` unless something plainer can be said, such as `Keep record`. */
  cancelLabel?: string;
  /** Colour of the confirming button; red for what takes something away. */
  color?: 'red' | 'blue';
  busy?: boolean;
  /** Whatever was thrown when it was tried. */
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot simply be taken back. Escape and the cross mean no; the focus starts on the answer that changes nothing. */
export function ConfirmDialog({ opened, title, children, confirmLabel, cancelLabel, color = 'blue', busy = false, error, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation();
  useFocusBack(opened);
  const cancel = cancelLabel ?? t('common.cancel');
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': cancel }}>
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {error !== undefined && error !== null && <ErrorNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {cancel}
          </Button>
          <Button color={color} loading={busy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
