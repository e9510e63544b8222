import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClinicalReportRow } from '../../../shared/contract/analytics.ts';
import { useMay } from '../../app/session.tsx';
import { ReportRow } from '../cloud-reports/report-row.tsx';

export function ReportTable({ reports }: { reports: readonly ClinicalReportRow[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table aria-label={t('analytics.reports')} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('analytics.about')}</Table.Th>
            <Table.Th>{t('analytics.reportKind')}</Table.Th>
            <Table.Th>{t('analytics.only')}</Table.Th>
            <Table.Th ta="end">{t('analytics.visits')}</Table.Th>
            <Table.Th ta="end">{t('analytics.people')}</Table.Th>
            <Table.Th>{t('analytics.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <ClinicalReport key={report.id} report={report} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const aboutText = ({ period, filter: { from, to } }: ClinicalReportRow): string => (period === 'monthly' ? from.slice(0, 7) : from === to ? from : `${from} – ${to}`);

function ClinicalReport({ report }: { report: ClinicalReportRow }) {
  const { t, i18n } = useTranslation();
  const exports = useMay()('data.export');
  const { id, period, filter, siteName, visits, patients } = report;
  return (
    <ReportRow of="clinicalReports" id={id} name={aboutText(report)} exports={exports}>
      <Table.Td>{t(`analytics.reportPeriod.${period}`)}</Table.Td>
      <Table.Td>{[siteName, filter.department, filter.kind && t(`records.kind.${filter.kind}`)].filter(Boolean).join(' · ') || '–'}</Table.Td>
      <Table.Td ta="end">{visits.toLocaleString(i18n.language)}</Table.Td>
      <Table.Td ta="end">{patients.toLocaleString(i18n.language)}</Table.Td>
    </ReportRow>
  );
}
