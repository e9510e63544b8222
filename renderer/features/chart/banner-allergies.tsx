import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { AllergyBadges } from './allergy-badges.tsx';

/** Allergies are in sight wherever one is in a chart; that nobody asked is said too. */
export function BannerAllergies({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { data } = useCall('chart.alerts', { patientId });
  if (!data) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('chart.allergy.label')}>
      <Text size="sm" fw={600}>
        {t('chart.allergy.label')}
      </Text>
      <AllergyBadges allergies={data.allergyIntolerances} />
    </Group>
  );
}
