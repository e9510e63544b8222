import { Button, Text } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { AppointmentRow } from '../../../shared/contract/appointments.ts';
import { callQuery, useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { focusGrid } from '../../components/focus-grid.ts';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { addDays, today } from '../patients/calendar-day.ts';
import { useToday } from '../patients/use-today.ts';
import { AppointmentForm, type Wanted } from './appointment-form.tsx';
import { BookGrid } from './book-grid.tsx';
import { bookColumns, instantOf, minutesOf, mondayOf, type BookColumn } from './book-model.ts';
import { BookToolbar, type BookView } from './book-toolbar.tsx';
import { DisplacedList } from './displaced-list.tsx';

/** What the book is open at. Left at today, it goes on to the next day: nobody is to book into yesterday in the morning. */
function useBookView(): [BookView, (next: Partial<BookView>) => void] {
  const now = useToday();
  const [{ day, ...rest }, setChosen] = useState<Omit<BookView, 'day'> & { day?: string | undefined }>({ by: 'practitioner', span: 'day' });
  const change = (next: Partial<BookView>) =>
    setChosen((before) => ({ ...before, ...next, ...(next.day !== undefined && { day: next.day === today() ? undefined : next.day }) }));
  return [{ ...rest, day: day ?? now }, change];
}

/** The appointment book: a day of everybody, or a week of one doctor or room. */
export function AppointmentsScreen() {
  const { t, i18n } = useTranslation();
  const mayWrite = useMay()('appointment.write');
  const [view, change] = useBookView();
  const [params, setParams] = useSearchParams();
  const [chosen, setWanted] = useState<Wanted>();
  const update = useCallMutation('appointments.update');
  const places = useCall('appointments.places', {});
  const [first, days] = view.span === 'day' ? [view.day, 1] : [mondayOf(view.day), 7];
  const { data: appointments = [], error } = useQuery({
    ...callQuery('appointments.list', { from: instantOf(first, 0), to: instantOf(addDays(first, days), 0) }),
    placeholderData: keepPreviousData,
  });
  const turn = (steps: 1 | -1) => change({ day: addDays(view.day, steps * days) });
  const wanted = chosen ?? (params.has('new') ? { start: instantOf(view.day, 9 * 60) } : undefined);
  const close = () => {
    setWanted(undefined);
    if (params.has('new')) setParams({}, { replace: true });
    focusGrid();
  };
  const book = () => setWanted({ start: instantOf(view.day, 9 * 60) });
  useShortcut('new', book, mayWrite);

  const weekday = (day: string) => new Intl.DateTimeFormat(i18n.language, { weekday: 'short', month: 'numeric', day: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
  const open = (appointment: AppointmentRow) => setWanted({ appointment, start: appointment.start, practitionerId: appointment.practitionerId, room: appointment.room });
  const columns = places.data ? bookColumns(places.data, view, weekday) : [];
  const move = (appointment: AppointmentRow, { day, practitionerId, room }: BookColumn, minute: number) => {
    const start = instantOf(day, minute);
    const { patientId, reason } = appointment;
    const place = { practitionerId: practitionerId ?? appointment.practitionerId, room: room ?? appointment.room };
    const moved = { patientId, reason, ...place, start, end: new Date(Date.parse(start) + minutesOf(appointment) * 60_000).toISOString() };
    update.mutate({ id: appointment.id, rev: appointment.rev, appointment: moved }, { onSuccess: () => notifyDone(t('appointments.moved'), t), onError: (refusal) => notifyError(refusal, t) });
  };
  return (
    <Page fill>
      <PageHeader title={t('appointments.title')} description={t('appointments.intro')} actions={mayWrite && <Button onClick={book}>{t('appointments.book')}</Button>} />
      <DisplacedList onRebook={mayWrite ? open : undefined} />
      {places.data && <BookToolbar view={view} places={places.data} onChange={change} onTurn={turn} />}
      {(error ?? places.error) && <ErrorNotice error={error ?? places.error} />}
      {places.data && columns.length === 0 && (
        <EmptyState icon={IconCalendarEvent} title={t('appointments.noPlaces')}>
          <Text size="sm">{t('appointments.noPlacesHint')}</Text>
        </EmptyState>
      )}
      {columns.length > 0 && (
        <BookGrid
          label={t('appointments.grid', { day: view.day })}
          columns={columns}
          appointments={appointments}
          mayWrite={mayWrite}
          onBook={({ day, practitionerId, room }, minute) => setWanted({ start: instantOf(day, minute), practitionerId, room })}
          onOpen={open}
          onMove={move}
          onTurn={turn}
        />
      )}
      {wanted && mayWrite && <AppointmentForm wanted={wanted} onClose={close} />}
    </Page>
  );
}
