import { useTranslation } from 'react-i18next';
import type { SearchHit } from './feature.ts';
import { features } from './features.ts';
import { useMay } from './session.tsx';

const searches = features.flatMap((feature) => feature.search ?? []);

export interface HitGroup {
  label: string;
  hits: SearchHit[];
}

/** What every room that this person may search finds for the query. */
export function useAllHits(query: string): HitGroup[] {
  const { t } = useTranslation();
  const may = useMay();
  return searches.map(({ label, permission, useHits }) => ({
    label: t(label),
    // eslint-disable-next-line react-hooks/rules-of-hooks -- the rooms and their order are fixed when the program starts
    hits: useHits(may(permission) ? query : ''),
  }));
}
