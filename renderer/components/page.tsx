import type { ReactNode } from 'react';
import classes from './page.module.css';

/**
 * A screen's outer box. `fill` gives it the height of the window, for a list that scrolls by itself; else the
 * screen scrolls as a whole and its lines keep a readable width.
 */
export function Page({ children, fill = false }: { children: ReactNode; fill?: boolean }) {
  return (
    <div className={classes.page} data-fill={fill || undefined}>
      {children}
    </div>
  );
}
