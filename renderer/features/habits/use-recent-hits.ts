import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../app/feature.ts';
import { useCall } from '../../api/queries.ts';
import { paths } from '../patients/paths.ts';
import { useAgeLabel } from '../patients/use-age-label.ts';

/** What the palette shows before anything is typed. */
const shown = 6;

/** The charts that one had open last: a palette that has just been opened offers them. */
export function useRecentHits(query: string): SearchHit[] {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const { data = [] } = useCall('recentPatients.list', {});
  if (query !== '') return [];
  return data.slice(0, shown).map((patient) => ({
    id: patient.id,
    label: patient.name,
    description: [t(`patients.gender.${patient.gender}`), ageLabel(patient), patient.medicalRecordNumber].join(' · '),
    to: paths.patient(patient.id),
  }));
}
