import { Button, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Catches mistakes of the screen, so that one broken part does not leave an empty window. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <CrashScreen /> : this.props.children;
  }
}

/** Says that the screen broke and what is safe. Shows nothing of what was on it. */
export function CrashScreen() {
  const { t } = useTranslation();
  return (
    <Stack role="alert" p="xl" gap="sm" maw="40rem" align="flex-start">
      <Title order={1} size="h3">
        {t('app.crashedTitle')}
      </Title>
      <Text>{t('app.crashedHint')}</Text>
      <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
    </Stack>
  );
}
