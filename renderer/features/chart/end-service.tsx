import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceRequest } from '../../../shared/schema/service-request.ts';
import { useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

const endings = ['completed', 'revoked', 'entered-in-error'] as const;

/** Says that an order was carried out or is called off. */
export function EndServiceButton({ order: { id, rev, code } }: { order: ServiceRequest }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [status, setStatus] = useState<(typeof endings)[number]>('completed');
  const [reason, setReason] = useState('');
  const end = useCallMutation('orders.endService');
  if (!may('order.sign')) return null;
  return (
    <>
      <Button variant="subtle" size="compact-xs" aria-label={t('chart.endOf', { name: code.text })} onClick={() => setAsking(true)}>
        {t('chart.end')}
      </Button>
      <ConfirmDialog
        opened={asking} title={t('chart.endOf', { name: code.text })} confirmLabel={t('chart.stopConfirm')} busy={end.isPending} error={end.error}
        onConfirm={() => end.mutate({ id, rev, status, reason }, { onSuccess: () => setAsking(false) })} onClose={() => setAsking(false)}
      >
        <Select
          label={t('chart.order.status')} allowDeselect={false} value={status} onChange={(value) => setStatus(value as (typeof endings)[number])}
          data={endings.map((value) => ({ value, label: t(`chart.orderStatus.${value}`) }))}
        />
        <TextInput label={t('chart.order.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </ConfirmDialog>
    </>
  );
}
