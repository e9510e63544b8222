import { Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { MessageForm } from './message-form.tsx';
import { MessageList, type About } from './message-list.tsx';
import { TaskForm } from './task-form.tsx';
import { TaskList } from './task-list.tsx';

/** What colleagues wrote to each other about a patient or on a referral, and what they asked of each other. */
export function Thread({ about, title }: { about: About; title: string }) {
  const { t } = useTranslation();
  const mayWrite = useMay()('communication.write');
  const [writing, setWriting] = useState<'message' | 'task'>();
  const close = () => setWriting(undefined);
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">{title}</Title>
        {mayWrite && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setWriting('message')}>{t('correspondence.message')}</Button>
            <Button size="xs" variant="default" onClick={() => setWriting('task')}>{t('correspondence.task')}</Button>
          </Group>
        )}
      </Group>
      <Stack gap="sm">
        <TaskList about={about} quiet />
        <MessageList about={about} quiet />
      </Stack>
      {writing === 'message' && <MessageForm about={about} onClose={close} />}
      {writing === 'task' && <TaskForm about={about} onClose={close} />}
    </section>
  );
}
