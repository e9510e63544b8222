import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isNoKnownAllergy, type AllergyIntolerance } from '../../../shared/schema/allergy-intolerance.ts';
import classes from './allergy-badges.module.css';
import { allergyText } from './allergy-text.ts';

/** Allergies that stand, the gravest first; that there are none is said only where somebody asserted it. */
export function AllergyBadges({ allergies }: { allergies: readonly AllergyIntolerance[] }) {
  const { t } = useTranslation();
  const known = allergies.filter((allergy) => !isNoKnownAllergy(allergy));
  const asserted = known.length < allergies.length;
  if (known.length === 0) return <Text size="sm">{t(asserted ? 'chart.allergy.none' : 'chart.allergy.unknown')}</Text>;
  return (
    <Group gap={4}>
      {known.toSorted((a, b) => Number(b.criticality === 'high') - Number(a.criticality === 'high')).map((allergy) => (
        <Badge key={allergy.id} component="span" color="red" variant={allergy.criticality === 'high' ? 'filled' : 'light'} tt="none" size="md" radius="sm" className={classes.allergy ?? ''}>
          {allergyText(allergy)}
        </Badge>
      ))}
    </Group>
  );
}
