import { useQuery } from '@tanstack/react-query';
import { callQuery } from '../../api/queries.ts';

/** Milliseconds after which it is asked again while patients are still to be compared. */
const soon = 300;

/** The work-list, compared a little further with every question until everybody was. */
export function useDuplicates(enabled = true) {
  return useQuery({ ...callQuery('patients.duplicates', {}), enabled, refetchInterval: ({ state }) => ((state.data?.uncompared ?? 0) > 0 ? soon : false) });
}
