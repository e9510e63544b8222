import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './virtual-table.module.css';

export type SortDirection = 'ascending' | 'descending';

/** A column of a {@link VirtualTable}. */
export interface Column<Row> {
  key: string;
  header: string;
  /** A CSS grid track, such as `8rem` or `minmax(10rem, 2fr)`. */
  width: string;
  cell: (row: Row) => ReactNode;
  align?: 'end';
  /** Makes the header a button; `direction` is undefined while another column sorts. */
  sort?: { direction: SortDirection | undefined; onSort: () => void };
}

/** The least width of a row, as CSS: each row is a grid of its own, and all must be equally wide to keep their columns in line. */
export function narrowest<Row>(columns: Column<Row>[]): string {
  const least = columns.map(({ width }) => /^minmax\(([^,]+),/.exec(width)?.[1] ?? width).filter((width) => !width.endsWith('fr'));
  return `calc(${[...least, '1rem'].join(' + ')})`;
}

const sortIcons = { ascending: IconArrowUp, descending: IconArrowDown, none: IconArrowsSort };

export function TableHeader<Row>({ columns, template, minWidth }: { columns: Column<Row>[]; template: string; minWidth: string }) {
  return (
    <div role="rowgroup" className={classes.header} style={{ minWidth }}>
      <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <div
            key={column.key}
            role="columnheader"
            className={classes.columnHeader}
            data-align={column.align}
            aria-sort={column.sort && (column.sort.direction ?? 'none')}
          >
            {column.sort ? <SortButton header={column.header} {...column.sort} /> : column.header}
          </div>
        ))}
      </div>
    </div>
  );
}

function SortButton({ header, direction, onSort }: { header: string } & NonNullable<Column<never>['sort']>) {
  const SortIcon = sortIcons[direction ?? 'none'];
  return (
    <UnstyledButton className={classes.sortButton} data-sorted={direction !== undefined || undefined} onClick={onSort}>
      {header}
      <SortIcon size={14} aria-hidden />
    </UnstyledButton>
  );
}
