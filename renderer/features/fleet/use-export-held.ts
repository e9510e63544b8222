import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HeldRef } from '../../../shared/contract/sync.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { download } from '../../components/download.ts';
import { notifyDone } from '../../components/notify.ts';
import { refOf } from './held-words.ts';

const atOnce = 100;

/** Hands over held changes as a file: those that are named, or all of a workstation or of everybody. */
export function useExportHeld() {
  const { t } = useTranslation();
  return useMutation<null, AppException, { entries: HeldRef[] } | { all: { deviceId?: string } }>({
    mutationKey: ['fleet.quarantineExport'],
    mutationFn: async (what) => {
      const entries = 'all' in what ? await listAll(what.all) : what.entries;
      const changeSets: unknown[] = [];
      let fileName = '';
      for (let start = 0; start < entries.length; start += atOnce) {
        const part = await call('fleet.quarantineExport', { entries: entries.slice(start, start + atOnce) });
        changeSets.push(...(JSON.parse(part.text) as unknown[]));
        fileName = part.fileName;
      }
      download(new Blob([JSON.stringify(changeSets, undefined, 2)], { type: 'application/json;charset=utf-8' }), fileName);
      return null;
    },
    onSuccess: () => notifyDone(t('quarantine.exported'), t),
  });
}

async function listAll(of: { deviceId?: string }): Promise<HeldRef[]> {
  const entries: HeldRef[] = [];
  for (;;) {
    const { rows } = await call('fleet.quarantine', { offset: entries.length, limit: atOnce, ...of });
    if (rows.length === 0) return entries;
    entries.push(...rows.map(refOf));
  }
}
