import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { encounterPriorities, type EncounterPriority } from '../../../shared/schema/encounter.ts';

export interface Urgency {
  priority: EncounterPriority;
  priorityReason: string;
}

/** What goes into a call: a routine visit has no reason to come before others. */
export const urgencyOf = ({ priority, priorityReason }: Urgency) => ({ priority, ...(priority !== 'routine' && { priorityReason }) });

/** Who is called before others, and why. */
export function PriorityFields({ value, onChange, error }: { value: Urgency; onChange: (urgency: Urgency) => void; error?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('encounters.priority')}
        allowDeselect={false}
        data={encounterPriorities.map((priority) => ({ value: priority, label: t(`encounters.priorities.${priority}`) }))}
        value={value.priority}
        onChange={(priority) => onChange({ ...value, priority: priority as EncounterPriority })}
      />
      {value.priority !== 'routine' && (
        <TextInput label={t('encounters.priorityReason')} required error={error} value={value.priorityReason} onChange={(event) => onChange({ ...value, priorityReason: event.currentTarget.value })} />
      )}
    </>
  );
}
