import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EncounterRow } from '../../../shared/contract/encounters.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PriorityFields, urgencyOf, type Urgency } from './priority-fields.tsx';

export function TriageForm({ encounter, onClose }: { encounter: EncounterRow; onClose: () => void }) {
  const { t } = useTranslation();
  const triage = useCallMutation('encounters.triage');
  const [urgency, setUrgency] = useState<Urgency>({ priority: encounter.priority, priorityReason: encounter.priorityReason ?? '' });
  const [missing, setMissing] = useState(false);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    const lacks = urgency.priority !== 'routine' && urgency.priorityReason.trim() === '';
    setMissing(lacks);
    if (lacks) return;
    triage.mutate({ id: encounter.id, rev: encounter.rev, urgency: urgencyOf(urgency) }, {
      onSuccess: () => {
        notifyDone(t('encounters.triaged'), t);
        onClose();
      },
    });
  }
  return (
    <FormDialog title={t('encounters.triageTitle', { patient: encounter.patientName })} submitLabel={t('common.save')} busy={triage.isPending} error={triage.error} onSubmit={submit} onClose={onClose}>
      <PriorityFields value={urgency} onChange={setUrgency} error={missing ? t('issue.required') : undefined} />
    </FormDialog>
  );
}
