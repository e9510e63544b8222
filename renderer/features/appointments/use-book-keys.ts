import { useState, type KeyboardEvent } from 'react';
import type { AppointmentRow } from '../../../shared/contract/appointments.ts';

export interface Place {
  column: number;
  line: number;
}

/** What is being moved, and where it was taken hold of: a long one may be held by its middle. */
export interface Moving {
  appointment: AppointmentRow;
  from: Place;
}

interface Book {
  columns: number;
  lines: number;
  at: (place: Place) => AppointmentRow | undefined;
  onEnter: (place: Place) => void;
  onDrop: (moving: Moving, place: Place) => void;
  /** A day or a week on or back. */
  onTurn: (steps: 1 | -1) => void;
}

const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

/** Where one stands in the book, and what is being moved: arrows, Home, End, page keys, Enter, M and Escape. */
export function useBookKeys({ columns, lines, at, onEnter, onDrop, onTurn }: Book) {
  const [place, setPlace] = useState<Place>({ column: 0, line: 4 });
  const [moving, setMoving] = useState<Moving>();
  const here: Place = { column: within(place.column, columns), line: within(place.line, lines) };
  const go = (column: number, line: number) => setPlace({ column: within(column, columns), line: within(line, lines) });

  function takeHold(from: Place): void {
    const appointment = at(from);
    setMoving(appointment && { appointment, from });
  }
  /** Put back where it was, it was not moved. */
  function drop(target: Place): void {
    if (moving === undefined) return;
    setMoving(undefined);
    setPlace(target);
    if (target.column !== moving.from.column || target.line !== moving.from.line) onDrop(moving, target);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { column, line } = here;
    const steps: Record<string, () => void> = {
      ArrowUp: () => go(column, line - 1),
      ArrowDown: () => go(column, line + 1),
      ArrowLeft: () => go(column - 1, line),
      ArrowRight: () => go(column + 1, line),
      Home: () => go(column, 0),
      End: () => go(column, lines - 1),
      PageUp: () => onTurn(-1),
      PageDown: () => onTurn(1),
      Enter: () => (moving === undefined ? onEnter(here) : drop(here)),
      m: () => takeHold(here),
      M: () => takeHold(here),
      ...(moving !== undefined && { Escape: () => setMoving(undefined) }),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  }
  return { here, setPlace, moving, takeHold, letGo: () => setMoving(undefined), drop, onKeyDown };
}
