import { ActionIcon, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/ui-store.ts';
import classes from './copyable.module.css';

/** Something to be read out or typed elsewhere, character by character, with a button that copies it. */
export function Copyable({ label, copyLabel, value, large = false }: { label: string; copyLabel: string; value: string; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <code className={classes.value} data-large={large || undefined} translate="no">
          {value}
        </code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon
              aria-label={copyLabel}
              title={copyLabel}
              onClick={() => {
                copy();
                announce(t('common.copied'));
              }}
            >
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
