import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The name of a screen inside a chart, below the patient's name; gets the focus on arrival. */
export function ChartTitle({ children }: { children: ReactNode }) {
  return (
    <Title order={2} size="h4" mb="sm" tabIndex={-1} data-page-title>
      {children}
    </Title>
  );
}
