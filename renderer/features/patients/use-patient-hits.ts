import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../app/feature.ts';
import { paths } from './paths.ts';
import { useAgeLabel } from './use-age-label.ts';
import { useFind } from './use-find.ts';

/** Hits that the command palette has room for. */
const shown = 8;

/** Finds patients from the command palette, on any screen. */
export function usePatientHits(query: string): SearchHit[] {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  return useFind(query).hits.slice(0, shown).map((hit) => ({
    id: hit.id,
    label: hit.name,
    description: [t(`patients.gender.${hit.gender}`), ageLabel(hit), hit.phone, hit.medicalRecordNumber].filter((text) => text !== undefined).join(' · '),
    to: paths.patient(hit.id),
  }));
}
