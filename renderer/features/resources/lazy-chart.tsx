import { Skeleton } from '@mantine/core';
import { lazy, Suspense, useEffect, useState, type ComponentProps } from 'react';
import type { Chart as LoadedChart } from './chart.tsx';

let atHand: typeof LoadedChart | undefined;

async function load() {
  const { Chart } = await import('./chart.tsx');
  atHand = Chart;
  return { default: Chart };
}

const AwaitedChart = lazy(load);

/** Fetches the library once a window is idle: the first chart waits for its figures alone. Where that fails the chart itself says so. */
export function useChartAhead(): void {
  useEffect(() => {
    const idle = requestIdleCallback(() => void load().catch(() => undefined));
    return () => cancelIdleCallback(idle);
  }, []);
}

/** A {@link LoadedChart} whose library keeps nobody from signing in: it is no part of what is loaded first. */
export function LazyChart(props: ComponentProps<typeof LoadedChart>) {
  // React holds back for 300 ms what follows a fallback, even where the library has long come.
  const [Chart] = useState(() => atHand ?? AwaitedChart);
  return (
    <Suspense fallback={<Skeleton height={props.height} />}>
      <Chart {...props} />
    </Suspense>
  );
}
