import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error-notice.tsx';
import { moveInList } from './move-in-list.ts';
import { pagesNear, reachableRows, rowAt } from './pages.ts';
import { narrowest, TableHeader, type Column } from './table-header.tsx';
import { TableRow } from './table-row.tsx';
import { usePages, type PageQuery } from './use-pages.ts';
import classes from './virtual-table.module.css';

const pageSize = 100;

export interface VirtualTableProps<Row> {
  /** Names the table for a screen reader. */
  label: string;
  columns: Column<Row>[];
  /** Asks for a part of the list, or all rows where they are at hand. */
  page: PageQuery<Row> | readonly Row[];
  /** Enter, Space or a click on a row. */
  onOpen?: (row: Row) => void;
  /** In pixels; every row has the same. */
  rowHeight?: number;
  /** In place of rows when the list is empty. */
  empty: ReactNode;
  /** Keeps the place in the list when its screen is left and entered again, under this name. */
  placeKey?: string;
}

/** Where lists were left: numbers only, for as long as the window is open. */
const places = new Map<string, { scroll: number; active: number }>();

/**
 * A list of any length: only the rows in sight are in the page, and only their pages are asked for. It fills
 * its parent, a flex column with a height. A WAI-ARIA grid: one tab stop; arrows, Page Up/Down, Home and End
 * move, Enter opens.
 *
 *     <VirtualTable
 *       label={t('patients.title')}
 *       columns={[{ key: 'name', header: t('patients.field.name'), width: 'minmax(10rem, 2fr)', cell: (row) => row.name,
 *         sort: { direction: sort === 'name' ? direction : undefined, onSort: () => sortBy('name') } }]}
 *       page={(window) => callQuery('patients.list', { ...window, sort, direction, filter })}
 *       onOpen={(row) => void navigate(`/patients/${row.id}`)}
 *       empty={<EmptyState title={t('patients.none')} />}
 *       placeKey="patients"
 *     />
 */
export function VirtualTable<Row>({ label, columns, page, onOpen, rowHeight = 36, empty, placeKey = '' }: VirtualTableProps<Row>) {
  const { t } = useTranslation();
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const place = places.get(placeKey);
  const [active, setActive] = useState(place?.active ?? -1);
  const [knownTotal, setKnownTotal] = useState(place ? active + 1 : 0);
  const count = reachableRows(knownTotal, rowHeight);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's own state drives this component alone
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    initialOffset: place?.scroll ?? 0,
    overscan: 4,
    // The header covers the top of the scrolled box.
    scrollPaddingStart: rowHeight,
    rangeExtractor: (range) => withActive(range, active),
  });
  const items = virtualizer.getVirtualItems();
  const range = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  const { pages, total, error, retry } = usePages(page, pagesNear(range.startIndex, range.endIndex, { count, pageSize }), pageSize);
  if (total !== undefined && total !== knownTotal) setKnownTotal(total);

  useStartOver(typeof page === 'function' ? JSON.stringify(page({ offset: 0, limit: pageSize }).queryKey) : '', () => {
    setActive(-1);
    virtualizer.scrollToOffset(0);
  });
  useEffect(() => {
    const box = grid.current;
    return () => {
      if (placeKey !== '' && box) places.set(placeKey, { scroll: box.scrollTop, active });
    };
  }, [placeKey, active]);

  function moveTo(index: number) {
    setActive(index);
    virtualizer.scrollToIndex(index);
  }
  const openRow = useCallback(
    (row: Row, index: number) => {
      setActive(index);
      onOpen?.(row);
    },
    [onOpen],
  );
  function openActive() {
    const row = rowAt(pages, active, pageSize);
    if (row !== undefined) onOpen?.(row);
  }
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const inSight = Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 1;
    const next = moveInList(event.key, { active, count, inSight });
    if (next !== undefined) moveTo(next);
    else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) openActive();
    else return;
    event.preventDefault();
  }

  const minWidth = narrowest(columns);
  const template = columns.map((column) => column.width).join(' ');
  const activeInPage = items.some((item) => item.index === active);
  if (error && total === undefined) return <ErrorNotice error={error} onRetry={retry} />;
  return (
    <div className={classes.frame}>
      {error && <ErrorNotice error={error} onRetry={retry} />}
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={knownTotal + 1}
        aria-colcount={columns.length}
        aria-busy={total === undefined}
        aria-activedescendant={activeInPage ? `${id}-${String(active)}` : undefined}
        className={classes.grid}
        data-empty={total === 0 || undefined}
        onKeyDown={onKeyDown}
        onFocus={() => active < 0 && count > 0 && setActive(0)}
      >
        <TableHeader columns={columns} template={template} minWidth={minWidth} />
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize(), minWidth }}>
          {items.map(({ index, start }) => (
            <TableRow
              key={index}
              id={`${id}-${String(index)}`}
              index={index}
              top={start}
              height={rowHeight}
              template={template}
              columns={columns}
              row={rowAt(pages, index, pageSize)}
              active={index === active}
              onOpen={onOpen && openRow}
            />
          ))}
        </div>
      </div>
      {total === 0 && empty}
      {knownTotal > count && <p className={classes.note}>{t('components.listCut', { count })}</p>}
    </div>
  );
}

/** Rows come into the page and leave it in blocks of so many: a frame that makes none costs the half of one that makes some. */
const block = 8;

/** The blocks in sight. The active row stays in the page even when it is scrolled out of sight, for `aria-activedescendant`. */
function withActive({ startIndex, endIndex, overscan, count }: Range, active: number): number[] {
  const first = Math.floor(Math.max(0, startIndex - overscan) / block) * block;
  const end = Math.min(count, Math.ceil((endIndex + 1 + overscan) / block) * block);
  const indexes = Array.from({ length: end - first }, (_, at) => first + at);
  if (active < 0 || active >= count || indexes.includes(active)) return indexes;
  return [...indexes, active].sort((a, b) => a - b);
}

/** Runs `startOver` when another sorting or filter makes it another list, but not at first. */
function useStartOver(listKey: string, startOver: () => void) {
  const known = useRef(listKey);
  useEffect(() => {
    if (known.current === listKey) return;
    known.current = listKey;
    startOver();
  });
}
