import { useQueries, type UseQueryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page } from '../../shared/contract/page.ts';
import type { AppException } from '../../shared/errors.ts';

/** A part of a sorted list. */
export interface PageWindow {
  offset: number;
  limit: number;
}

/** Makes the query for a window, such as `(window) => callQuery('patients.list', { ...window, ...sortAndFilter })`. */
export type PageQuery<Row> = (window: PageWindow) => UseQueryOptions<Page<Row>, AppException>;

export interface LoadedPages<Row> {
  /** By offset. */
  pages: Map<number, Page<Row>>;
  /** Rows in the whole list; the last known number while a changed filter is on its way, undefined before the first answer. */
  total: number | undefined;
  error: AppException | null;
  retry: () => void;
}

/** Fetches the pages at `offsets`, or cuts them out of rows that are at hand. */
export function usePages<Row>(source: PageQuery<Row> | readonly Row[], offsets: number[], pageSize: number): LoadedPages<Row> {
  const results = useQueries({ queries: typeof source === 'function' ? offsets.map((offset) => source({ offset, limit: pageSize })) : [] });
  const answered = results.find((result) => result.data !== undefined)?.data?.total;
  const [lastTotal, setLastTotal] = useState<number>();
  if (answered !== undefined && answered !== lastTotal) setLastTotal(answered);
  if (typeof source !== 'function') {
    const total = source.length;
    return { pages: new Map(offsets.map((offset) => [offset, { rows: source.slice(offset, offset + pageSize), total }])), total, error: null, retry: () => undefined };
  }
  return {
    pages: new Map(results.flatMap(({ data }, index) => (data ? [[offsets[index] ?? 0, data] as const] : []))),
    total: answered ?? lastTotal,
    error: results.find((result) => result.error)?.error ?? null,
    retry: () => results.forEach((result) => result.isError && void result.refetch()),
  };
}
