import { create } from 'zustand';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { Gender } from '../../../shared/schema/patient.ts';
import { useSessionUser } from '../../app/session.tsx';

type Sort = Pick<CallInput<'patients.list'>, 'sort' | 'direction'>;

/** How the home screen was left: what was typed into its boxes. In memory only. */
export interface PatientsView extends Sort {
  query: string;
  gender: Gender | null;
  /** Years, as typed. */
  ageFrom: string;
  ageTo: string;
}

const fresh: PatientsView = { query: '', sort: 'updatedAt', direction: 'descending', gender: null, ageFrom: '', ageTo: '' };

/** By user: the next person at this screen must not see what the last one searched for. */
const useViews = create<Record<string, PatientsView>>(() => ({}));

export function usePatientsView(): [view: PatientsView, change: (change: Partial<PatientsView>) => void] {
  const { id } = useSessionUser();
  const view = useViews((views) => views[id]) ?? fresh;
  return [view, (change) => useViews.setState({ [id]: { ...view, ...change } }, true)];
}
