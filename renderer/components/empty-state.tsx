import { Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Says why there is nothing here and, in `children`, what to do next. */
export function EmptyState({ icon: StateIcon, title, children }: { icon?: Icon; title: string; children?: ReactNode }) {
  return (
    <Stack align="center" justify="center" gap="xs" py="xl" px="md">
      {StateIcon && <StateIcon size={36} stroke={1.25} color="var(--mantine-color-dimmed)" aria-hidden />}
      <Text fw={600}>{title}</Text>
      {children}
    </Stack>
  );
}
