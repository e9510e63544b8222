import { parseArgs } from 'node:util';
import { buildPrograms } from './bench/built.ts';
import { chartFigures } from './bench/chart.ts';
import { root, seededProfile, workingCopy } from './bench/clinic.ts';
import { coldStartFigures } from './bench/cold-start.ts';
import { dashboardFigures } from './bench/dashboards.ts';
import { duplicateFigures } from './bench/duplicates.ts';
import { importFigures } from './bench/import.ts';
import { memoryFigures } from './bench/memory.ts';
import { report, type Figure } from './bench/report.ts';
import { saveFigures } from './bench/save.ts';
import { searchFigures } from './bench/search.ts';
import { openWorkstation } from './bench/workstation.ts';

const { values } = parseArgs({
  options: {
    patients: { type: 'string', default: '100000' },
    records: { type: 'string', default: '900000' },
    /** A profile that `npm run seed` wrote, instead of the one that is kept between runs. It is only read. */
    profile: { type: 'string' },
    /** Comma-separated parts: start, memory, search, duplicates, dashboards, chart, save, import. */
    only: { type: 'string', default: 'start,memory,search,duplicates,dashboards,chart,save,import' },
  },
});
const parts = new Set(values.only.split(','));
const figures: Figure[] = [];
// Duplicates are counted among more patients than the clinic of the other parts has.
if (parts.delete('duplicates')) figures.push(...(await duplicateFigures()));
const size = parts.size === 0 ? {} : await clinicFigures(workingCopy(values.profile ?? seededProfile(Number(values.patients), Number(values.records))));
report('workstation', size, figures, root);

/** Adds the figures of one clinic; answers how large it is. */
async function clinicFigures(profile: string): Promise<Record<string, number>> {
  const programs = await buildPrograms();
  if (parts.has('start')) figures.push(...(await coldStartFigures(profile, programs)));
  if (parts.has('memory')) figures.push(...memoryFigures(profile, programs));
  const workstation = await openWorkstation(profile);
  if (parts.has('search')) figures.push(...(await searchFigures(workstation)));
  if (parts.has('dashboards')) figures.push(...(await dashboardFigures(workstation)));
  if (parts.has('chart')) figures.push(...(await chartFigures(workstation)));
  if (parts.has('save')) figures.push(...(await saveFigures(workstation)));
  if (parts.has('import')) figures.push(...(await importFigures(workstation)));
  await workstation.close();
  return workstation.size;
}
