import { Button, Group, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { reportFormats } from '../../../shared/contract/cloud-reports.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { useCallMutation } from '../../api/queries.ts';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';

const types = { pdf: 'application/pdf', csv: 'text/csv' } as const;

/** Reports of the cloud and of the clinic are made, kept and checked alike. */
export type ReportCollection = 'cloudReports' | 'clinicalReports';
const checked = { cloudReports: 'cloudReports.checked', clinicalReports: 'analytics.checked' } as const;

interface ReportRowProps {
  of: ReportCollection;
  id: string;
  /** What it is about, as it is called on screen. */
  name: string;
  exports: boolean;
  /** The cells between the name and the buttons. */
  children: ReactNode;
}

/** A report with its files, and whether it comes out the same when it is made again. */
export function ReportRow({ of, id, name, exports, children }: ReportRowProps) {
  const { t } = useTranslation();
  const check = useCallMutation(`${of}.check`);
  const save = useMutation<{ fileName: string; bytes: string }, AppException, keyof typeof types>({
    mutationFn: (format) => call(`${of}.file`, { id, format }),
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
            {t(`${checked[of]}.${check.data.outcome}`)}
          </Text>
        )}
        {failure && <ErrorNotice error={failure} />}
      </Table.Th>
      {children}
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
