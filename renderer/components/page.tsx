import type { ReactNode } from 'react';
import classes from './page.module.css';

/**
 * A screen's outer box. `fill` gives it the height of the window, for a list that scrolls by itself; else the
 * screen scrolls as a whole and its lines keep a readable width; `wide` gives a table of many columns all of it.
 */
export function Page({ children, fill = false, wide = false }: { children: ReactNode; fill?: boolean; wide?: boolean }) {
  return (
    <div className={classes.page} data-fill={fill || undefined} data-wide={wide || undefined}>
      {children}
    </div>
  );
}
