import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { QualityRow } from '../../../shared/contract/quality.ts';
import type { QualityRule } from '../../../shared/quality/rules.ts';
import { callQuery } from '../../api/queries.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { paths } from '../patients/paths.ts';

/** Where each is mended: the patient's form, the record, the problems or the medication of the chart. */
function placeOf({ collection, patientId, documentId }: QualityRow): string {
  switch (collection) {
    case 'patients':
      return paths.editPatient(patientId);
    case 'medicalRecords':
      return paths.record(patientId, documentId);
    case 'conditions':
      return paths.chartTab(patientId, 'problems');
    case 'medicationRequests':
      return paths.chartTab(patientId, 'medication');
  }
}

/** Documents in which a rule finds something, each a way to the place where it is mended. */
export function FindingList({ rule }: { rule: QualityRule }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns: Column<QualityRow>[] = [
    { key: 'number', header: t('patients.field.medicalRecordNumber'), width: '8rem', cell: (row) => row.medicalRecordNumber },
    { key: 'patient', header: t('quality.column.patient'), width: 'minmax(8rem, 1fr)', cell: (row) => row.patientName },
    { key: 'value', header: t('quality.column.value'), width: 'minmax(10rem, 2fr)', cell: (row) => row.value || '–' },
  ];
  const name = t('quality.listOf', { name: t(`quality.rule.${rule}`) });
  return (
    <section aria-label={name} style={{ display: 'flex', flexDirection: 'column', height: '24rem', flex: 'none' }}>
      <Title order={2} size="h5" mb="xs">
        {name}
      </Title>
      <VirtualTable label={name} columns={columns} page={(window) => callQuery('quality.list', { ...window, rule })} onOpen={(row) => void navigate(placeOf(row))} empty={null} />
    </section>
  );
}
