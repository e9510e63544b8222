import { Alert, Anchor, Group } from '@mantine/core';
import { IconArrowsSplit } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCall } from '../../api/queries.ts';

/** Says on a chart that two people changed it at the same time and nobody has settled it yet. */
export function ConflictBanner({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { data } = useCall('conflicts.list', { offset: 0, limit: 1, status: 'open', patientId });
  const first = data?.rows[0];
  if (data === undefined || first === undefined) return null;
  return (
    <Alert role="status" color="yellow" radius={0} py={6} icon={<IconArrowsSplit aria-hidden />}>
      <Group justify="space-between" gap="xs">
        <span>{t('conflicts.banner', { count: data.total })}</span>
        <Anchor component={Link} to={`/conflicts/${first.id}`} size="sm" underline="always" c="inherit">
          {t('conflicts.look')}
        </Anchor>
      </Group>
    </Alert>
  );
}
