import { IconListSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { timeText } from '../versions/time-text.ts';
import { AuditFilters, type AuditFilter } from './audit-filters.tsx';
import { fieldsText } from './field-text.ts';

type AuditRow = CallOutput<'audit.list'>['rows'][number];

/** Who did what and when, newest first. */
export function AuditScreen() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<AuditFilter>({});
  const columns = [
    { key: 'at', header: t('auditLog.at'), width: '10rem', cell: (row: AuditRow) => timeText(row.createdAt) },
    { key: 'actor', header: t('auditLog.who'), width: 'minmax(8rem, 1fr)', cell: (row: AuditRow) => row.actorName || t('auditLog.automatic') },
    { key: 'action', header: t('auditLog.action'), width: 'minmax(10rem, 1.5fr)', cell: (row: AuditRow) => t(`audit.${row.action}`) },
    { key: 'patient', header: t('auditLog.patient'), width: 'minmax(8rem, 1fr)', cell: (row: AuditRow) => <PatientLink row={row} /> },
    {
      key: 'details',
      header: t('auditLog.details'),
      width: 'minmax(10rem, 2fr)',
      cell: ({ collection, fields, count }: AuditRow) =>
        [fields && fieldsText(collection, fields, t), count !== undefined && t('auditLog.count', { count })]
          .filter(Boolean)
          .join(' · '),
    },
  ];
  return (
    <Page fill>
      <PageHeader title={t('auditLog.title')} description={t('auditLog.intro')} />
      <AuditFilters filter={filter} onChange={setFilter} />
      <VirtualTable
        label={t('auditLog.title')}
        columns={columns}
        page={(window) => callQuery('audit.list', { ...window, ...filter })}
        empty={<EmptyState icon={IconListSearch} title={t('auditLog.none')} />}
      />
    </Page>
  );
}

function PatientLink({ row }: { row: AuditRow }) {
  if (row.patientId === undefined) return null;
  return <Link to={`/patients/${row.patientId}`}>{row.patientName ?? row.patientId.slice(-6)}</Link>;
}
