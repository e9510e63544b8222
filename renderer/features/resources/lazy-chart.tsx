import { Skeleton } from '@mantine/core';
import { lazy, Suspense, useEffect, type ComponentProps } from 'react';
import type { Chart as LoadedChart } from './chart.tsx';

const load = () => import('./chart.tsx');
const Chart = lazy(async () => ({ default: (await load()).Chart }));

/** Fetches the library once a window is idle: the first chart waits for its figures alone. Where that fails the chart itself says so. */
export function useChartAhead(): void {
  useEffect(() => {
    const idle = requestIdleCallback(() => void load().catch(() => undefined));
    return () => cancelIdleCallback(idle);
  }, []);
}

/** A {@link LoadedChart} whose library keeps nobody from signing in: it is no part of what is loaded first. */
export function LazyChart(props: ComponentProps<typeof LoadedChart>) {
  return (
    <Suspense fallback={<Skeleton height={props.height} />}>
      <Chart {...props} />
    </Suspense>
  );
}
