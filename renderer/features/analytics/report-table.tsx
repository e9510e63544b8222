import { Button, Group, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClinicalReportRow } from '../../../shared/contract/analytics.ts';
import { reportFormats } from '../../../shared/contract/cloud-reports.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';

const types = { pdf: 'application/pdf', csv: 'text/csv' } as const;

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
            <ReportRow key={report.id} report={report} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const aboutText = ({ period, filter: { from, to } }: ClinicalReportRow): string => (period === 'monthly' ? from.slice(0, 7) : from === to ? from : `${from} – ${to}`);

function ReportRow({ report }: { report: ClinicalReportRow }) {
  const { t, i18n } = useTranslation();
  const exports = useMay()('data.export');
  const { id, period, filter, siteName, visits, patients } = report;
  const name = aboutText(report);
  const check = useCallMutation('clinicalReports.check');
  const save = useMutation<{ fileName: string; bytes: string }, AppException, keyof typeof types>({
    mutationFn: (format) => call('clinicalReports.file', { id, format }),
    onSuccess: ({ fileName, bytes }, format) => {
      download(new Blob([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], { type: types[format] }), fileName);
      notifyDone(t('analytics.exported'), t);
    },
  });
  const failure = save.error ?? check.error;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
        {check.data && (
          <Text size="xs" role="status">
            {t(`analytics.checked.${check.data.outcome}`)}
          </Text>
        )}
        {failure && <ErrorNotice error={failure} />}
      </Table.Th>
      <Table.Td>{t(`analytics.reportPeriod.${period}`)}</Table.Td>
      <Table.Td>{[siteName, filter.department, filter.kind && t(`records.kind.${filter.kind}`)].filter(Boolean).join(' · ') || '–'}</Table.Td>
      <Table.Td ta="end">{visits.toLocaleString(i18n.language)}</Table.Td>
      <Table.Td ta="end">{patients.toLocaleString(i18n.language)}</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          {exports &&
            reportFormats.map((format) => (
              <Button
                key={format} size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />}
                aria-label={t('cloudReports.download', { name, format: t(`cloudReports.${format}`) })}
                loading={save.isPending && save.variables === format} onClick={() => save.mutate(format)}
              >
                {t(`cloudReports.${format}`)}
              </Button>
            ))}
          <Button size="compact-sm" variant="subtle" aria-label={t('cloudReports.checkOne', { name })} loading={check.isPending} onClick={() => check.mutate({ id })}>
            {t('cloudReports.check')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
