import { ActionIcon, Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AppointmentPlaces } from '../../../shared/contract/appointments.ts';
import { readDay, today } from '../patients/calendar-day.ts';
import type { BookBy, BookSpan } from './book-model.ts';

export interface BookView {
  by: BookBy;
  span: BookSpan;
  day: string;
  /** Whose week is shown. */
  of?: string | undefined;
}

interface BookToolbarProps {
  view: BookView;
  places: AppointmentPlaces;
  onChange: (view: Partial<BookView>) => void;
  onTurn: (steps: 1 | -1) => void;
}

/** Which page of the book is open. */
export function BookToolbar({ view: { by, span, day, of }, places, onChange, onTurn }: BookToolbarProps) {
  const { t } = useTranslation();
  const people = by === 'practitioner' ? places.practitioners.map(({ id, displayName }) => ({ value: id, label: displayName })) : places.rooms.map((room) => ({ value: room, label: room }));
  return (
    <Group gap="xs" style={{ flex: 'none' }}>
      <SegmentedControl aria-label={t('appointments.view')} data={[{ value: 'day', label: t('appointments.day') }, { value: 'week', label: t('appointments.week') }]} value={span} onChange={(value) => onChange({ span: value as BookSpan })} />
      <SegmentedControl
        aria-label={t('appointments.by')}
        data={[{ value: 'practitioner', label: t('appointments.byPractitioner') }, { value: 'room', label: t('appointments.byRoom') }]}
        value={by}
        onChange={(value) => onChange({ by: value as BookBy, of: undefined })}
      />
      {span === 'week' && <Select aria-label={t('appointments.of')} allowDeselect={false} data={people} value={of ?? people[0]?.value ?? null} onChange={(value) => onChange({ of: value ?? undefined })} />}
      <ActionIcon size="lg" aria-label={t('appointments.earlier')} onClick={() => onTurn(-1)}>
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <TextInput type="date" aria-label={t('appointments.date')} value={day} onChange={(event) => onChange({ day: readDay(event.currentTarget.value) ?? day })} />
      <ActionIcon size="lg" aria-label={t('appointments.later')} onClick={() => onTurn(1)}>
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" onClick={() => onChange({ day: today() })}>{t('appointments.today')}</Button>
    </Group>
  );
}
