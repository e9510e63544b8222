import { Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DuplicatePair, PatientRow } from '../../../shared/contract/patients.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useAgeLabel } from '../patients/use-age-label.ts';
import { useDuplicates } from './use-duplicates.ts';

/** The work-list of patients who may be registered twice. */
export function DuplicatesScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ageLabel = useAgeLabel();
  const { data, error } = useDuplicates();
  const who = (row: PatientRow) => [row.name, t(`patients.gender.${row.gender}`), ageLabel(row), row.medicalRecordNumber].filter(Boolean).join(' · ');
  const columns: Column<DuplicatePair>[] = [
    { key: 'one', header: t('duplicates.column.one'), width: 'minmax(12rem, 2fr)', cell: ({ one }) => who(one) },
    { key: 'other', header: t('duplicates.column.other'), width: 'minmax(12rem, 2fr)', cell: ({ other }) => who(other) },
    { key: 'reasons', header: t('duplicates.column.reasons'), width: 'minmax(12rem, 2fr)', cell: ({ reasons }) => reasons.map((reason) => t(`patients.duplicates.reason.${reason}`)).join(', ') },
    { key: 'score', header: t('duplicates.column.score'), width: '5rem', cell: ({ score }) => score },
  ];
  return (
    <Page fill>
      <PageHeader title={t('duplicates.title')} description={t('duplicates.intro')} />
      {error && <ErrorNotice error={error} />}
      <div role="status">{data !== undefined && data.uncompared > 0 && <Text size="sm">{t('duplicates.uncompared', { count: data.uncompared })}</Text>}</div>
      {data && (
        <VirtualTable
          label={t('duplicates.title')}
          columns={columns}
          page={data.pairs}
          onOpen={({ one, other }) => void navigate(`/duplicates/${one.id}/${other.id}`)}
          empty={<EmptyState icon={IconUsers} title={t('duplicates.none')} />}
          placeKey="duplicates"
        />
      )}
    </Page>
  );
}
