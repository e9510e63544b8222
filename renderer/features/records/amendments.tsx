import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { paths } from '../patients/paths.ts';
import { timeText } from '../versions/time-text.ts';

/** Every amendment with who, when and why, and the way to what it changed. */
export function Amendments({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  const { amendments = [] } = record;
  if (amendments.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h6" mt="md">
        {t('records.view.amendments')}
      </Title>
      <Stack component="ul" gap="xs" m={0} ps="lg">
        {amendments.map((amendment) => (
          <li key={amendment.overRev}>
            <Text size="sm">
              {t('records.view.amendedBy', { name: amendment.name, time: timeText(amendment.at) })}{' '}
              <Anchor component={Link} size="sm" underline="always" to={paths.recordHistory(record.patientId, record.id, amendment.overRev)}>
                {t('records.view.seeOriginal')}
              </Anchor>
            </Text>
            <Text size="sm">{t('records.view.amendmentReason', { reason: amendment.reason })}</Text>
          </li>
        ))}
      </Stack>
    </section>
  );
}
