import { Badge, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/backups.ts';
import { timeText } from '../versions/time-text.ts';
import classes from './backup-choices.module.css';
import { bytesText } from './bytes-text.ts';

interface BackupChoicesProps {
  backups: Backup[];
  value: string | undefined;
  onChange: (fileName: string) => void;
}

/** The backups that can be restored, newest first; one of them is chosen. */
export function BackupChoices({ backups, value, onChange }: BackupChoicesProps) {
  const { t, i18n } = useTranslation();
  return (
    <Radio.Group label={t('backups.choose')} value={value ?? null} onChange={onChange}>
      <Stack gap={4} mt="xs" className={classes.list}>
        {backups.map((backup) => (
          <Radio
            key={backup.fileName}
            value={backup.fileName}
            label={
              <Text component="span" size="sm">
                {timeText(backup.createdAt)}{' '}
                <Text component="span" size="sm" c="dimmed">
                  {t('backups.contents', {
                    patients: backup.patients.toLocaleString(i18n.language),
                    records: backup.records.toLocaleString(i18n.language),
                    size: bytesText(backup.bytes),
                  })}
                </Text>{' '}
                <VerifiedBadge verified={backup.verified} />
              </Text>
            }
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

export function VerifiedBadge({ verified }: { verified: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge size="sm" variant="light" color={verified ? 'green' : 'orange'} tt="none">
      {t(verified ? 'backups.verified' : 'backups.notVerified')}
    </Badge>
  );
}
