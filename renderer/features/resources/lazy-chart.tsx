import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type ComponentProps } from 'react';
import type { Chart as LoadedChart } from './chart.tsx';

const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }));

/** A {@link LoadedChart} whose library is fetched with the first one: most people who sign in never see one. */
export function LazyChart(props: ComponentProps<typeof LoadedChart>) {
  return (
    <Suspense fallback={<Skeleton height={props.height} />}>
      <Chart {...props} />
    </Suspense>
  );
}
