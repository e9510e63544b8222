import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type ComponentProps } from 'react';
import type { Chart as LoadedChart } from './chart.tsx';

const load = () => import('./chart.tsx');
const Chart = lazy(async () => ({ default: (await load()).Chart }));

/** Fetches the library ahead, while what is to be drawn is still asked for. Where that fails the chart itself says so. */
export const fetchChartAhead = (): void => void load().catch(() => undefined);

/** A {@link LoadedChart} whose library is fetched with the first one: most people who sign in never see one. */
export function LazyChart(props: ComponentProps<typeof LoadedChart>) {
  return (
    <Suspense fallback={<Skeleton height={props.height} />}>
      <Chart {...props} />
    </Suspense>
  );
}
