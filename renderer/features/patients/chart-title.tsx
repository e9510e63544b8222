import { Title, type MantineSpacing } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

/**
 * The name of a screen inside a chart, below the patient's name; gets the focus on arrival. The frame gives the focus
 * to the whole screen when the title is not there yet, because the record is still being read; it is taken over then.
 */
export function ChartTitle({ children, mb = 'xs' }: { children: ReactNode; mb?: MantineSpacing }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === document.body || focused?.matches('main')) title.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Title ref={title} order={2} size="h4" mb={mb} tabIndex={-1} data-page-title>
      {children}
    </Title>
  );
}
