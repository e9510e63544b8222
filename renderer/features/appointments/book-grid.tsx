import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppointmentRow } from '../../../shared/contract/appointments.ts';
import classes from './book-grid.module.css';
import { bookLines, cellsOf, clockOf, lineOf, slotMinutes, type BookCell, type BookColumn } from './book-model.ts';
import { useBookKeys, type Place } from './use-book-keys.ts';

interface BookGridProps {
  label: string;
  columns: BookColumn[];
  appointments: AppointmentRow[];
  mayWrite: boolean;
  onBook: (column: BookColumn, minute: number) => void;
  onOpen: (appointment: AppointmentRow) => void;
  onMove: (appointment: AppointmentRow, column: BookColumn, minute: number) => void;
  onTurn: (steps: 1 | -1) => void;
}

/** The book as a grid: one place in it has the focus, and an appointment is moved by keyboard or by dragging. */
export function BookGrid({ label, columns, appointments, mayWrite, onBook, onOpen, onMove, onTurn }: BookGridProps) {
  const { t } = useTranslation();
  const lines = bookLines(appointments);
  const cells = columns.map((column) => cellsOf(column, appointments));
  const cellAt = ({ column, line }: Place): BookCell | undefined => cells[column]?.get(lines[line] as number);
  const target = ({ column, line }: Place) => [columns[column] as BookColumn, lines[line] as number] as const;
  const enter = (place: Place) => {
    const cell = cellAt(place);
    if (cell !== undefined) onOpen(cell.appointment);
    else if (mayWrite) onBook(...target(place));
  };
  const { here, setPlace, moving, takeHold, letGo, drop, onKeyDown } = useBookKeys({
    columns: columns.length, lines: lines.length, onEnter: enter, onTurn,
    at: (place) => (mayWrite ? cellAt(place)?.appointment : undefined),
    onDrop: ({ appointment, from }, { column, line }) => onMove(appointment, columns[column] as BookColumn, Math.max(0, lineOf(appointment) + (line - from.line) * slotMinutes)),
  });
  const grid = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (grid.current?.contains(document.activeElement)) grid.current.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [here.column, here.line]);
  const text = (place: Place): string => {
    const [column, minute] = target(place);
    const cell = cellAt(place);
    const said = { column: column.label, time: clockOf(minute) };
    return cell === undefined ? t('appointments.free', said) : t('appointments.taken', { ...said, patient: shownText(cell, t), status: t(`appointments.status.${cell.appointment.status}`) });
  };
  return (
    <div className={classes.scroll}>
      <table ref={grid} role="grid" aria-label={label} className={classes.grid} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <td />
            {columns.map(({ key, label: head }) => (
              <th key={key} scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((minute, line) => (
            <tr key={minute}>
              <th scope="row" data-hour={minute % 60 === 0 || undefined}>{clockOf(minute)}</th>
              {columns.map(({ key }, column) => {
                const place = { column, line };
                const cell = cellAt(place);
                const focused = here.column === column && here.line === line;
                return (
                  <td
                    key={key}
                    role="gridcell"
                    tabIndex={focused ? 0 : -1}
                    aria-label={text(place)}
                    data-status={cell?.appointment.status}
                    data-begins={cell?.begins || undefined}
                    data-target={(moving !== undefined && focused) || undefined}
                    draggable={mayWrite && cell !== undefined}
                    onDragStart={() => takeHold(place)}
                    onDragEnd={letGo}
                    onDragEnter={() => setPlace(place)}
                    onDragOver={(event) => event.preventDefault()}
                    onDrop={() => drop(place)}
                    onFocus={() => setPlace(place)}
                    onClick={() => enter(place)}
                  >
                    {cell?.begins === true && <CellText cell={cell} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {/* Below the book: above it, every line would slide from under the pointer that has just taken hold of one. */}
      <div role="status" className={classes.told}>{moving && <p className={classes.moving}>{t('appointments.moving', { patient: moving.appointment.patientName })}</p>}</div>
    </div>
  );
}

/** What is seen in a cell is also heard of it, word by word. */
const shownText = ({ appointment: { patientName, reason }, more }: BookCell, t: TFunction): string =>
  [patientName, reason, more > 0 && t('appointments.more', { count: more })].filter(Boolean).join(' ');

function CellText({ cell: { appointment, more } }: { cell: BookCell }) {
  const { t } = useTranslation();
  return (
    <>
      <strong>{appointment.patientName}</strong> {appointment.reason} {more > 0 && <em>{t('appointments.more', { count: more })}</em>}
    </>
  );
}
