import { Button, Group, Modal, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CleaningChange, CleaningKind } from '../../../shared/contract/quality.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { callQuery, useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';

/** Shows what a batch would change, then does it. */
export function CleaningDialog({ what, onClose }: { what: CleaningKind; onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const client = useQueryClient();
  const mayAmend = useMay()('record.sign');
  const isOfRecords = what === 'department';
  const choices = useQuery({ ...callQuery('quality.departments', {}), enabled: isOfRecords });
  const [chosen, setChosen] = useState<Record<string, string | null>>({});
  const [ended, setEnded] = useState<Job>();
  const clean = useCallMutation('quality.clean');
  const departments = Object.fromEntries((choices.data?.unlisted ?? []).flatMap(({ name, meant }) => {
    const becomes = name in chosen ? chosen[name] : meant;
    return typeof becomes === 'string' ? [[name, becomes]] : [];
  }));
  const wanted = { what, ...(isOfRecords && { departments }) };
  const isRunning = clean.data !== undefined && ended === undefined;
  const isReady = !isOfRecords || choices.data !== undefined;
  return (
    <Modal opened onClose={onClose} size="xl" title={t('quality.mendAll', { name: t(`quality.what.${what}`) })} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        {isOfRecords && (
          <>
            <Text size="sm">{mayAmend ? t('quality.amends', { reason: t('quality.amendment') }) : t('quality.needsDoctor')}</Text>
            {choices.data && <Departments {...choices.data} becomes={departments} onChoose={(name, value) => setChosen({ ...chosen, [name]: value })} />}
          </>
        )}
        {isReady && !clean.data && <Preview wanted={wanted} />}
        {clean.error && <ErrorNotice error={clean.error} />}
        {clean.data && <JobProgress key={clean.data.id} job={clean.data} label={t('quality.cleaning')} doneText={t('quality.cleaned')} cancellable onEnd={(job) => (setEnded(job), void client.invalidateQueries())} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common.close')}
          </Button>
          {!ended && (!isOfRecords || mayAmend) && (
            <Button loading={clean.isPending || isRunning} disabled={!isReady} onClick={() => clean.mutate(wanted)}>
              {t('quality.apply')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

interface DepartmentsProps {
  list: string[];
  unlisted: { name: string; count: number }[];
  becomes: Record<string, string>;
  onChoose: (name: string, value: string | null) => void;
}

function Departments({ list, unlisted, becomes, onChoose }: DepartmentsProps) {
  const { t, i18n } = useTranslation();
  return (
    <Table aria-label={t('quality.what.department')} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('quality.column.department')}</Table.Th>
          <Table.Th ta="end">{t('quality.column.count')}</Table.Th>
          <Table.Th>{t('quality.column.becomes')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {unlisted.map(({ name, count }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            <Table.Td ta="end">{count.toLocaleString(i18n.language)}</Table.Td>
            <Table.Td>
              <Select size="xs" aria-label={`${t('quality.column.becomes')}: ${name}`} placeholder={t('quality.stays')} clearable clearButtonProps={{ 'aria-label': t('quality.stays') }} data={list} value={becomes[name] ?? null} onChange={(value) => onChoose(name, value)} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Preview({ wanted }: { wanted: { what: CleaningKind; departments?: Record<string, string> } }) {
  const { t } = useTranslation();
  const { data, error } = useCall('quality.preview', wanted);
  if (error) return <ErrorNotice error={error} />;
  if (!data) return null;
  const { changes, total } = data;
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {t('quality.previewIntro', { count: total })} {changes.length < total && t('quality.previewCut', { shown: changes.length })}
      </Text>
      {changes.length > 0 && <Changes changes={changes} />}
    </Stack>
  );
}

function Changes({ changes }: { changes: readonly CleaningChange[] }) {
  const { t } = useTranslation();
  return (
    <div tabIndex={0} role="region" aria-label={t('quality.preview')} style={{ maxHeight: '20rem', overflow: 'auto' }}>
      <Table aria-label={t('quality.preview')} verticalSpacing={3} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('quality.column.patient')}</Table.Th>
            <Table.Th>{t('quality.column.before')}</Table.Th>
            <Table.Th>{t('quality.column.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ documentId, field, patientName, before, after }) => (
            <Table.Tr key={`${documentId} ${field}`}>
              <Table.Th scope="row" fw={400}>
                {patientName}
              </Table.Th>
              <Table.Td style={{ whiteSpace: 'pre-wrap' }}>{before}</Table.Td>
              <Table.Td>{after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
