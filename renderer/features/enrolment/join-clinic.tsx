import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Entrance } from '../../app/entrance.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { JoinForm } from './join-form.tsx';

/** A workstation without a clinic joins one. */
export function JoinClinic({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  useShortcut('back', onBack);
  return (
    <Entrance wide>
      <Title order={1} size="h3">
        {t('enrolment.join')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('enrolment.joinHint')}
      </Text>
      {/* The gate shows the first copy as soon as the status tells of it. */}
      <JoinForm submitLabel={t('enrolment.joinNow')} onJoined={() => undefined} onBack={onBack} />
    </Entrance>
  );
}
