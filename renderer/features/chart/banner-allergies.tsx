import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { AllergyBadges } from './allergy-badges.tsx';
import classes from './banner-allergies.module.css';

/** So many need no count to be seen to be all. */
const inSight = 3;

/** Allergies are in sight wherever one is in a chart; that nobody asked is said too. */
export function BannerAllergies({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { data } = useCall('chart.alerts', { patientId });
  if (!data) return null;
  return (
    // A long list scrolls, which the keyboard can do from within: the chart below it stays in sight, and the count says how many there are.
    <div className={classes.allergies} tabIndex={data.allergyIntolerances.length > inSight ? 0 : undefined} role="group" aria-label={t('chart.allergy.label')}>
      <Text size="sm" fw={600}>
        {t('chart.allergy.label')} {data.allergyIntolerances.length > inSight && data.allergyIntolerances.length}
      </Text>
      <AllergyBadges allergies={data.allergyIntolerances} />
    </div>
  );
}
