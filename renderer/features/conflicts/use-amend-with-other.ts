import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { notifications } from '@mantine/notifications';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { paths } from '../patients/paths.ts';
import { otherVersion } from './other-version.ts';

/** Opens the amendment of a signed record with the other version as its draft. A draft that is there already is never written over. */
export function useAmendWithOther({ documentId, patientId, clashes }: ConflictRow) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useMutation<'filled' | 'own-draft' | 'nothing', AppException>({
    mutationFn: async () => {
      if (patientId === undefined) return 'nothing';
      const form = { kind: 'medicalRecord', key: documentId, patientId } as const;
      if ((await call('drafts.find', form)) !== null) return 'own-draft';
      const record = await call('records.get', { id: documentId });
      await call('drafts.save', { ...form, baseRev: record.rev, values: otherVersion({ clashes }, record) });
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
