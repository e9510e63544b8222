import { Radio, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { partOfSeries, seriesParts, type SeriesPart } from '../../../shared/appointments/series.ts';
import type { Appointment } from '../../../shared/schema/appointment.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { timeText } from '../versions/time-text.ts';

interface CancelSeriesFormProps {
  appointment: Appointment;
  /** All that can be called off with it, itself too. */
  series: readonly Appointment[];
  onCancelled: () => void;
  onClose: () => void;
}

/** So many times are listed; of more the number stands at the choice. */
const mostListed = 12;

/** How much of a series is called off, and at what times that is. */
export function CancelSeriesForm({ appointment, series, onCancelled, onClose }: CancelSeriesFormProps) {
  const { t } = useTranslation();
  const cancel = useCallMutation('appointments.cancelSeries');
  const [part, setPart] = useState<SeriesPart>('one');
  const taken = (chosen: SeriesPart) => partOfSeries(series, appointment, chosen);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    cancel.mutate({ id: appointment.id, rev: appointment.rev, part }, {
      onSuccess: ({ length: count }) => {
        notifyDone(t('appointments.series.cancelled', { count }), t);
        onCancelled();
      },
    });
  }
  const times = taken(part).map(({ start }) => timeText(start));
  return (
    <FormDialog title={t('appointments.cancel')} submitLabel={t('appointments.series.cancel', { count: times.length })} cancelLabel={t('common.back')} busy={cancel.isPending} error={cancel.error} onSubmit={submit} onClose={onClose}>
      <Radio.Group label={t('appointments.series.which')} value={part} onChange={(value) => setPart(value as SeriesPart)}>
        <Stack gap="xs" mt="xs">
          {seriesParts.map((one) => <Radio key={one} value={one} label={t(`appointments.series.part.${one}`, { count: taken(one).length })} />)}
        </Stack>
      </Radio.Group>
      <Text size="sm" c="dimmed" role="status">{[...times.slice(0, mostListed), ...(times.length > mostListed ? ['…'] : [])].join(', ')}</Text>
    </FormDialog>
  );
}
