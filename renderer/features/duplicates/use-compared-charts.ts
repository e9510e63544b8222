import { useQueries } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isNoKnownAllergy, type AllergyIntolerance } from '../../../shared/schema/allergy-intolerance.ts';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { callQuery } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { allergyText } from '../chart/allergy-text.ts';

/** What two charts say that tells one person from another, in the order of the ids; `undefined` until it is known, and for those who may read no charts. */
export interface ComparedCharts {
  allergies: (string | undefined)[];
  lastVisits: (string | undefined)[];
  error: unknown;
}

export function useComparedCharts(patientIds: readonly string[]): ComparedCharts {
  const { t } = useTranslation();
  const enabled = useMay()('record.read');
  const alerts = useQueries({ queries: patientIds.map((patientId) => ({ ...callQuery('chart.alerts', { patientId }), enabled })) });
  const records = useQueries({ queries: patientIds.map((patientId) => ({ ...callQuery('records.listForPatient', { patientId, offset: 0, limit: 1 }), enabled })) });
  return {
    allergies: alerts.map(({ data }) => data && allergiesText(data.allergyIntolerances, t)),
    lastVisits: records.map(({ data }) => data && visitText(data.rows[0], t)),
    error: [...alerts, ...records].find(({ error }) => error !== null)?.error,
  };
}

function allergiesText(allergies: readonly AllergyIntolerance[], t: TFunction): string {
  const known = allergies.filter((allergy) => !isNoKnownAllergy(allergy)).map(allergyText).sort();
  return known.length > 0 ? known.join('\n') : t(allergies.length > 0 ? 'chart.allergy.none' : 'duplicates.allergiesUnknown');
}

const visitText = (record: MedicalRecord | undefined, t: TFunction): string =>
  record === undefined ? t('duplicates.noVisit') : [record.admissionDate, t(`records.kind.${record.kind}`), record.department].filter(Boolean).join(' · ');
