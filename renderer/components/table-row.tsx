import { Skeleton } from '@mantine/core';
import { memo } from 'react';
import type { Column } from './table-header.tsx';
import classes from './virtual-table.module.css';

interface TableRowProps<Row> {
  id: string;
  /** From 0, below the header. */
  index: number;
  /** In pixels. */
  top: number;
  height: number;
  /** CSS grid tracks of the columns. */
  template: string;
  columns: Column<Row>[];
  /** Undefined while its page is on the way. */
  row: Row | undefined;
  active: boolean;
  /** The same function for every row: else none of them stays as it is while the list scrolls. */
  onOpen: ((row: Row, index: number) => void) | undefined;
}

function PlainTableRow<Row>({ id, index, top, height, template, columns, row, active, onOpen }: TableRowProps<Row>) {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      data-active={active || undefined}
      data-opens={onOpen && true}
      className={`${classes.row ?? ''} ${classes.bodyRow ?? ''}`}
      style={{ gridTemplateColumns: template, height, top }}
      onClick={() => row !== undefined && onOpen?.(row, index)}
    >
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={classes.cell} data-align={column.align}>
          {row === undefined ? <Skeleton height={10} width="60%" animate={false} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A row in sight of a VirtualTable. Drawn anew only when something of it changes: at 60 frames a second there is no time for all rows. */
export const TableRow = memo(PlainTableRow) as typeof PlainTableRow;
