import { useEffect, useState } from 'react';
import { today } from './calendar-day.ts';

/** Milliseconds after midnight at the most, and after a computer wakes. */
const lateAtMost = 30_000;

/** The day of this computer's clock, drawn anew when the next one begins: a desk leaves its screens open overnight. */
export function useToday(): string {
  const [day, setDay] = useState(today);
  useEffect(() => {
    const timer = setInterval(() => setDay(today()), lateAtMost);
    return () => clearInterval(timer);
  }, []);
  return day;
}
