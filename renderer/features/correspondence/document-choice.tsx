import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DocumentReferenceRow } from '../../../shared/contract/document-references.ts';
import { localDay } from '../../../shared/local-day.ts';
import { entriesPerPart } from '../../../shared/schema/shared-chart.ts';
import { useCall } from '../../api/queries.ts';
import { bytesText } from '../backups/bytes-text.ts';
import { readDay } from '../patients/calendar-day.ts';

/** Documents and pictures of a patient that can go along, those left out that were last written before a day; undefined until they are known. */
export function useSendableDocuments(patientId: string, since: string): DocumentReferenceRow[] | undefined {
  const { data } = useCall('documentReferences.list', { patientId, offset: 0, limit: entriesPerPart });
  const day = readDay(since) ?? '';
  return data?.rows.filter(({ updatedAt }) => localDay(new Date(updatedAt)) >= day);
}

interface DocumentChoiceProps {
  documents: readonly DocumentReferenceRow[];
  leftOut: readonly string[];
  onChange(leftOut: string[]): void;
}

/** Which of them go along: another site is told no more than it needs. */
export function DocumentChoice({ documents, leftOut, onChange }: DocumentChoiceProps) {
  const { t } = useTranslation();
  if (documents.length === 0) return null;
  const ids = documents.map(({ id }) => id);
  return (
    <Checkbox.Group
      label={t('correspondence.whichDocuments')} description={t('correspondence.documentsHint')}
      value={ids.filter((id) => !leftOut.includes(id))} onChange={(chosen) => onChange(ids.filter((id) => !chosen.includes(id)))}
    >
      <Stack gap={4} mt={4}>
        {documents.map(({ id, title, type, date, attachment }) => (
          <Checkbox key={id} value={id} label={[title, t(`documents.type.${type}`), date, bytesText(attachment.size)].join(' · ')} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
