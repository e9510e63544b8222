import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';

export interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  /** What happens, and what does not. */
  children: ReactNode;
  confirm: string;
  cancel: string;
  /** Colour of the confirming button; red for what takes something away. */
  color?: 'red' | 'blue';
  busy?: boolean;
  /** Whatever was thrown when it was tried. */
  error?: unknown;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something that cannot simply be taken back. Escape and the cross mean no; the focus starts on the answer that changes nothing. */
export function ConfirmDialog({ opened, title, children, confirm, cancel, color = 'blue', busy = false, error, onConfirm, onCancel }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={onCancel} title={title} centered closeButtonProps={{ 'aria-label': cancel }}>
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {error !== undefined && error !== null && <ErrorNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel} data-autofocus>
            {cancel}
          </Button>
          <Button color={color} loading={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
