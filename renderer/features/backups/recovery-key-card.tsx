import { Button, CopyButton, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './recovery-key-card.module.css';

/** The clinic's recovery key, to be written down, printed or copied. On paper only this card is printed. */
export function RecoveryKeyCard({ recoveryKey }: { recoveryKey: string }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md" className={classes.card} data-print-only-this>
      <Stack gap="sm">
        <Text fw={600}>{t('backups.recoveryKey')}</Text>
        <Text size="sm">{t('backups.recoveryKeyHint')}</Text>
        <code className={classes.key} translate="no">
          {recoveryKey}
        </code>
        <Group gap="xs" className={classes.actions ?? ''}>
          <CopyButton value={recoveryKey}>
            {({ copied, copy }) => (
              <Button variant="default" size="xs" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
                {copied ? t('common.copied') : t('common.copy')}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" size="xs" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            {t('common.print')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
