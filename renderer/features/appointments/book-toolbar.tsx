import { ActionIcon, Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppointmentPlaces } from '../../../shared/contract/appointments.ts';
import { readDay, today } from '../patients/calendar-day.ts';
import { DayInput } from '../patients/day-input.tsx';
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
      <DayOfBook day={day} onChange={(chosen) => onChange({ day: chosen })} />
      <ActionIcon size="lg" aria-label={t('appointments.later')} onClick={() => onTurn(1)}>
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" onClick={() => onChange({ day: today() })}>{t('appointments.today')}</Button>
    </Group>
  );
}

/** The day that the book is open at; another is typed or chosen, and counts once it is a day. */
function DayOfBook({ day, onChange }: { day: string; onChange: (day: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  function change(text: string) {
    setTyped(text);
    const read = readDay(text);
    if (read !== undefined) onChange(read);
  }
  return <DayInput aria-label={t('appointments.date')} w="9.5rem" value={typed ?? day} onChange={change} onBlur={() => setTyped(undefined)} />;
}
