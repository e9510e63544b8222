import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PatientHit } from '../../../shared/contract/patients.ts';
import { callQuery } from '../../api/queries.ts';

/** The search as it is typed. */
export interface Find {
  /** Hits of the newest answer, which may still be that of the letter before. */
  hits: PatientHit[];
  /** Whether the answer is the one to what is typed. */
  answered: boolean;
  error: unknown;
}

/** Hits that one answer holds at most. */
export const mostHits = 50;

export function useFind(query: string): Find {
  const asked = query.trim();
  const { data, error, isPlaceholderData } = useQuery({
    ...callQuery('patients.search', { query: asked }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  return { hits: asked === '' ? [] : (data ?? []), answered: asked !== '' && data !== undefined && !isPlaceholderData, error };
}
