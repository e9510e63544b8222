import type { DemoAccount } from '../../shared/contract/app.ts';
import type { Job } from '../../shared/contract/job.ts';
import { demoDepartments } from '../../shared/demo/conditions.ts';
import type { Language } from '../../shared/schema/setting.ts';
import type { Store } from '../storage/store.ts';
import { findUserByUsername } from '../storage/users.ts';
import { writeDemoData } from './demo-data.ts';
import type { FoundingAccount, NewClinic } from './found-clinic.ts';
import type { Workstation } from './workstation.ts';

/** The same for everybody who tries Outpost, and shown on screen: nothing in a demo clinic is a secret. */
const password = 'outpost-demo';

const names: Record<Language, { organisation: string; site: string; admin: string; doctor: string; nurse: string; frontDesk: string }> = {
  zh: { organisation: '示范医疗集团', site: '示范诊所', admin: '吴主任', doctor: '陈医生', nurse: '林护士', frontDesk: '周前台' },
  en: { organisation: 'Demo Health Group', site: 'Demo Clinic', admin: 'Alex Wu', doctor: 'Dr Grace Chen', nurse: 'Nina Lin', frontDesk: 'Sam Zhou' },
};

function staff(language: Language): NewClinic['accounts'] {
  const { admin, doctor, nurse, frontDesk } = names[language];
  const [department] = demoDepartments(language);
  const account = (username: string, role: FoundingAccount['role'], displayName: string): FoundingAccount => ({ username, role, displayName, password });
  return [
    account('admin', 'admin', admin),
    { ...account('doctor', 'doctor', doctor), department },
    { ...account('nurse', 'nurse', nurse), department },
    account('frontdesk', 'front-desk', frontDesk),
  ];
}

/** A clinic to try Outpost with: one account of each role. */
export const demoClinic = (language: Language): NewClinic => ({
  site: { organisationName: names[language].organisation, name: names[language].site, departments: demoDepartments(language) },
  accounts: staff(language),
  action: 'demo.created',
});

/** What the set-up and sign-in screens show of the accounts: the same in every language. */
export const demoAccounts: DemoAccount[] = staff('en').map(({ username, role }) => ({ username, password, role }));

const demoSize = { patients: 500, records: 3000, seed: 1 };

/** Goes on adding made-up patients and records while the clinic is in use already. */
export function fillDemoClinic(workstation: Workstation, store: Store, language: Language): Job {
  const [admin, doctor] = ['admin', 'doctor'].map((username) => {
    const user = findUserByUsername(store.connection, username);
    return { id: user?.id ?? '', name: user?.displayName ?? '' };
  }) as [DemoPerson, DemoPerson];
  return workstation.jobs.start('demo', (job) => writeDemoData(store, { ...demoSize, language, actor: admin, doctors: [doctor] }, job));
}

type DemoPerson = { id: string; name: string };
