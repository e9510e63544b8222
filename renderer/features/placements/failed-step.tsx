import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunStep } from '../../../shared/sync/resource-protocol.ts';

interface FailedStepProps {
  steps: readonly RunStep[];
  machineOf: (step: RunStep) => string;
  wayOf: (step: RunStep) => string;
  hostOf: (key: string) => string;
}

/** What went wrong with a plan, how that left the machine and the other steps, and what to do. Nothing where nothing went wrong. */
export function FailedStep({ steps, machineOf, wayOf, hostOf }: FailedStepProps) {
  const { t } = useTranslation();
  const failed = steps.find(({ error }) => error !== null);
  if (!failed?.error) return null;
  const { error, output, state, observedHost } = failed;
  const machine = machineOf(failed);
  const count = (wanted: RunStep['state']) => steps.filter((step) => step.state === wanted).length;
  const lost = steps.filter((step) => step.state === 'unknown' && step.error === null).map(machineOf);
  const lines = [
    state === 'unknown' && t('placements.stepUnknown', { machine }),
    observedHost !== null && t('placements.stepSeen', { machine, host: hostOf(observedHost) }),
    lost.length > 0 && t('placements.stepsLost', { machines: lost.join(t('placements.between')) }),
    t('placements.stepsStand', { done: count('done'), waiting: count('waiting') }),
    t('placements.stepTodo'),
  ].filter((line) => line !== false);
  return (
    <Alert color="red" title={t('placements.stepFailed', { machine, way: wayOf(failed), failure: t(`providers.failure.${error}`) })}>
      <Stack gap={6}>
        {lines.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
        {output !== '' && (
          <Text size="xs" ff="monospace" style={{ whiteSpace: 'pre-wrap' }}>
            {output}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
