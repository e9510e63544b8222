import { parseArgs } from 'node:util';
import { root, seededProfile } from './bench/clinic.ts';
import { report } from './bench/report.ts';
import { workstationFigures } from './bench/workstation.ts';

const { values } = parseArgs({
  options: { patients: { type: 'string', default: '100000' }, records: { type: 'string', default: '900000' } },
});
const profile = seededProfile(Number(values.patients), Number(values.records));
console.log(`${values.patients} patients and ${values.records} records, encrypted`);
report('workstation', await workstationFigures(profile), root);
