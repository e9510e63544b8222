import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { HeldOutcome, HeldRef } from '../../../shared/contract/sync.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { refOf } from './held-words.ts';

const atOnce = 100;

/** Releases one held change, or all of a workstation or of everybody, batch by batch; can be stopped between two of them. */
export function useRelease(onDone: (outcomes: HeldOutcome[]) => void) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const stopped = useRef(false);
  const release = useMutation<HeldOutcome[], AppException, HeldRef | { all: { deviceId?: string } }>({
    mutationKey: ['fleet.quarantineRelease'],
    mutationFn: (what) => ('all' in what ? releaseAll(what.all) : call('fleet.quarantineRelease', { entries: [what] })),
    onSuccess: onDone,
    onSettled: () => {
      setProgress(undefined);
      return queryClient.invalidateQueries({ queryKey: ['fleet'] });
    },
  });

  async function releaseAll(of: { deviceId?: string }): Promise<HeldOutcome[]> {
    stopped.current = false;
    const outcomes: HeldOutcome[] = [];
    // What is refused again stays in the list: it is passed over.
    for (let offset = 0; !stopped.current; ) {
      const { rows, total } = await call('fleet.quarantine', { offset, limit: atOnce, ...of });
      if (rows.length === 0) break;
      setProgress({ done: outcomes.length, total: total - offset + outcomes.length });
      const batch = await call('fleet.quarantineRelease', { entries: rows.map(refOf) });
      outcomes.push(...batch);
      offset += batch.filter(({ outcome }) => outcome === 'rejected').length;
    }
    return outcomes;
  }

  return { ...release, progress, stop: () => (stopped.current = true) };
}
