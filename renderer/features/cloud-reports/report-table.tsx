import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CloudReportRow } from '../../../shared/contract/cloud-reports.ts';
import { timeText } from '../versions/time-text.ts';
import { ReportRow } from './report-row.tsx';

export function ReportTable({ reports }: { reports: readonly CloudReportRow[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={900}>
      <Table aria-label={t('cloudReports.title')} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('cloudReports.column.about')}</Table.Th>
            <Table.Th>{t('cloudReports.column.period')}</Table.Th>
            <Table.Th ta="right">{t('cloudReports.column.hosts')}</Table.Th>
            <Table.Th ta="right">{t('cloudReports.column.machines')}</Table.Th>
            <Table.Th ta="right">{t('cloudReports.column.now')}</Table.Th>
            <Table.Th ta="right">{t('cloudReports.column.best')}</Table.Th>
            <Table.Th>{t('cloudReports.column.scarce')}</Table.Th>
            <Table.Th ta="right">{t('cloudReports.column.findings')}</Table.Th>
            <Table.Th>{t('cloudReports.column.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <CloudReport key={report.id} report={report} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function CloudReport({ report }: { report: CloudReportRow }) {
  const { t, i18n } = useTranslation();
  const { id, period, counts, placement, scarcest, findingCount } = report;
  const number = (value: number | null) => (value === null ? '–' : value.toLocaleString(i18n.language));
  return (
    <ReportRow of="cloudReports" id={id} name={aboutText(report)} exports>
      <Table.Td>{t(`cloudReports.period.${period}`)}</Table.Td>
      <Table.Td ta="right">{number(counts.hosts)}</Table.Td>
      <Table.Td ta="right">{number(counts.virtualMachines)}</Table.Td>
      <Table.Td ta="right">{number(placement.present)}</Table.Td>
      <Table.Td ta="right">{number(placement.value)}</Table.Td>
      <Table.Td>{scarcest === null ? '–' : t(`resources.dimension.${scarcest}`)}</Table.Td>
      <Table.Td ta="right">{number(findingCount)}</Table.Td>
    </ReportRow>
  );
}

const aboutText = ({ period, day, to }: CloudReportRow): string => (period === 'monthly' ? day.slice(0, 7) : period === 'daily' ? day : timeText(to));
