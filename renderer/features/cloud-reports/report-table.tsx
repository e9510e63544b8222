import { Button, Group, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { reportFormats, type CloudReportRow } from '../../../shared/contract/cloud-reports.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { useCallMutation } from '../../api/queries.ts';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { timeText } from '../versions/time-text.ts';

const types = { pdf: 'application/pdf', csv: 'text/csv' } as const;
type Format = keyof typeof types;

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
            <ReportRow key={report.id} report={report} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ReportRow({ report }: { report: CloudReportRow }) {
  const { t, i18n } = useTranslation();
  const { id, period, counts, placement, scarcest, findingCount } = report;
  const number = (value: number | null) => (value === null ? '–' : value.toLocaleString(i18n.language));
  const name = aboutText(report);
  const check = useCallMutation('cloudReports.check');
  const save = useMutation<{ fileName: string; bytes: string }, AppException, Format>({
    mutationFn: (format) => call('cloudReports.file', { id, format }),
    onSuccess: ({ fileName, bytes }, format) => {
      download(new Blob([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], { type: types[format] }), fileName);
      notifyDone(t('cloudReports.saved'), t);
    },
  });
  const failure = save.error ?? check.error;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
        {check.data && (
          <Text size="xs" role="status">
            {t(`cloudReports.checked.${check.data.outcome}`)}
          </Text>
        )}
        {failure && <ErrorNotice error={failure} />}
      </Table.Th>
      <Table.Td>{t(`cloudReports.period.${period}`)}</Table.Td>
      <Table.Td ta="right">{number(counts.hosts)}</Table.Td>
      <Table.Td ta="right">{number(counts.virtualMachines)}</Table.Td>
      <Table.Td ta="right">{number(placement.present)}</Table.Td>
      <Table.Td ta="right">{number(placement.value)}</Table.Td>
      <Table.Td>{scarcest === null ? '–' : t(`resources.dimension.${scarcest}`)}</Table.Td>
      <Table.Td ta="right">{number(findingCount)}</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          {reportFormats.map((format) => (
            <Button
              key={format}
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden />}
              aria-label={t('cloudReports.download', { name, format: t(`cloudReports.${format}`) })}
              loading={save.isPending && save.variables === format}
              onClick={() => save.mutate(format)}
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

const aboutText = ({ period, day, to }: CloudReportRow): string => (period === 'monthly' ? day.slice(0, 7) : period === 'daily' ? day : timeText(to));
