import { useState } from 'react';
import { readDay } from './calendar-day.ts';
import { DayInput } from './day-input.tsx';

interface DayFilterProps {
  label: string;
  /** `YYYY-MM-DD`; undefined does not filter. */
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

/** A day that narrows a list: what is typed counts once it is a day, and an emptied field counts at once. */
export function DayFilter({ label, value, onChange }: DayFilterProps) {
  const [typed, setTyped] = useState(value ?? '');
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value ?? '');
  }
  function change(text: string) {
    setTyped(text);
    const day = readDay(text);
    if (day !== undefined || text.trim() === '') {
      setKnown(day);
      onChange(day);
    }
  }
  return <DayInput label={label} w="10rem" value={typed} onChange={change} />;
}
