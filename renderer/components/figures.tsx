import type { ReactNode } from 'react';
import classes from './figures.module.css';

/** A few figures in a row, each under its name. */
export function Figures({ figures }: { figures: { label: string; value: ReactNode; hint?: ReactNode }[] }) {
  return (
    <dl className={classes.figures}>
      {figures.map(({ label, value, hint }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {hint !== undefined && <dd className={classes.hint}>{hint}</dd>}
        </div>
      ))}
    </dl>
  );
}
