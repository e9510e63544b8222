import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { notifications } from '@mantine/notifications';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import type { AppException } from '../../../shared/errors.ts';
import type { MedicalRecordInput } from '../../../shared/schema/medical-record.ts';
import { call } from '../../api/client.ts';
import { paths } from '../patients/paths.ts';
import { recordToForm } from '../records/record-form-values.ts';

/** Opens the amendment of a signed record with the other version as its draft. A draft that is there already is never written over. */
export function useAmendWithOther({ documentId, documentRev, patientId, clashes }: ConflictRow) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useMutation<'filled' | 'own-draft' | 'nothing', AppException>({
    mutationFn: async () => {
      const clash = clashes.find(({ path }) => path === '');
      const other = clash?.values[clash.kept === 0 ? 1 : 0].value as MedicalRecordInput | undefined;
      if (patientId === undefined || other === undefined) return 'nothing';
      const form = { kind: 'medicalRecord', key: documentId, patientId } as const;
      if ((await call('drafts.find', form)) !== null) return 'own-draft';
      await call('drafts.save', { ...form, ...(documentRev !== undefined && { baseRev: documentRev }), values: recordToForm(other) });
      return 'filled';
    },
    onSuccess: (outcome) => {
      if (outcome === 'own-draft') {
        notifications.show({ color: 'yellow', role: 'status', message: t('conflicts.sealed.ownDraft'), closeButtonProps: { 'aria-label': t('common.close') } });
      }
      if (patientId !== undefined) void navigate(paths.amendRecord(patientId, documentId));
    },
  });
}
