import { Button, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MedicationRequest } from '../../../shared/schema/medication-request.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { paths } from '../patients/paths.ts';
import { HistoryLink } from '../versions/history-link.tsx';
import { dayText } from '../versions/time-text.ts';
import { dosageText } from './dosage-text.tsx';
import { newest, TabScreen, whole } from './tab-screen.tsx';
import classes from './tables.module.css';
import { dispensedText } from './words.ts';

/** Prescriptions, those in force first. */
export function MedicationScreen() {
  const { t } = useTranslation();
  const patient = useChartPatient();
  const { data, error } = useCall('medicationRequests.list', { patientId: patient.id, ...whole });
  const [stopping, setStopping] = useState<MedicationRequest>();
  const rows = data?.rows.toSorted((a, b) => Number(b.status === 'active') - Number(a.status === 'active')) ?? [];
  return (
    <TabScreen patient={patient} title={t('chart.tab.medication')} freshAt={newest(data?.rows)} error={error} add={{ kind: 'orderBasket', label: t('chart.basket.open'), permission: 'record.write' }}>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('chart.nothing')}</Text>
      ) : (
        <Table className={classes.table ?? ''} aria-label={t('chart.tab.medication')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('chart.order.drug')}</Table.Th>
              <Table.Th>{t('chart.order.directions')}</Table.Th>
              <Table.Th>{t('chart.order.quantity')}</Table.Th>
              <Table.Th>{t('chart.order.status')}</Table.Th>
              <Table.Th>{t('chart.order.signed')}</Table.Th>
              <Table.Th>{t('chart.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((request) => (
              <Row key={request.id} request={request} onStop={() => setStopping(request)} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {stopping && <StopDialog request={stopping} onClose={() => setStopping(undefined)} />}
    </TabScreen>
  );
}

function Row({ request, onStop }: { request: MedicationRequest; onStop(): void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { patientId, groupIdentifier, status, statusReason, detectedIssues = [], signature, authoredOn, medicationCodeableConcept: drug } = request;
  return (
    <Table.Tr data-past={status !== 'active' || undefined}>
      <Table.Td fw={600}>{drug.text}</Table.Td>
      <Table.Td>
        {dosageText(request, t)}
        {request.note !== undefined && ` · ${request.note}`}
        {detectedIssues.map(({ kind, detail, reason }) => (
          <Text key={`${kind} ${detail}`} size="xs" c="red">
            {t(`chart.issueText.${kind}`, { detail })} {reason !== undefined && t('chart.basket.because', { reason })}
          </Text>
        ))}
      </Table.Td>
      <Table.Td data-label={t('chart.order.quantity')}>{dispensedText(request, t)}</Table.Td>
      <Table.Td>
        {t(`chart.orderStatus.${status}`)}
        {statusReason !== undefined && (
          <Text size="xs" c="dimmed">
            {statusReason}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('chart.order.signed')}>
        {signature?.name ?? request.recorderName} {dayText(signature?.at ?? authoredOn)}
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap">
          {groupIdentifier !== undefined && (
            <Button component={Link} to={paths.printOrders(patientId, groupIdentifier)} variant="subtle" size="compact-xs" aria-label={t('chart.printOf', { name: drug.text })}>
              {t('chart.print')}
            </Button>
          )}
          <HistoryLink patientId={patientId} collection="medicationRequests" id={request.id} name={drug.text} />
          {status === 'active' && may('order.sign') && (
            <Button variant="subtle" color="red" size="compact-xs" aria-label={t('chart.stopOf', { name: drug.text })} onClick={onStop}>
              {t('chart.stop')}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

const endings = ['stopped', 'completed', 'entered-in-error'] as const;

/** A signed prescription stays as it was signed; that it ended is added, with who, when and why. */
function StopDialog({ request: { id, rev, medicationCodeableConcept }, onClose }: { request: MedicationRequest; onClose(): void }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<(typeof endings)[number]>('stopped');
  const [reason, setReason] = useState('');
  const stop = useCallMutation('orders.stopMedication');
  return (
    <ConfirmDialog
      opened title={t('chart.stopOf', { name: medicationCodeableConcept.text })} confirmLabel={t('chart.stopConfirm')} color="red" busy={stop.isPending} error={stop.error}
      onConfirm={() => stop.mutate({ id, rev, status, reason }, { onSuccess: onClose })} onClose={onClose}
    >
      <Select
        label={t('chart.order.status')} allowDeselect={false} value={status} onChange={(value) => setStatus(value as (typeof endings)[number])}
        data={endings.map((value) => ({ value, label: t(`chart.orderStatus.${value}`) }))}
      />
      <TextInput label={t('chart.order.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmDialog>
  );
}
