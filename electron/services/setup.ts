import type { RecoveryKeyShown } from '../../shared/contract/app.ts';
import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { Store } from '../storage/store.ts';
import type { PublicContext } from './context.ts';
import { demoAccounts, demoClinic, fillDemoClinic } from './demo-clinic.ts';
import { foundClinic, type NewClinic } from './found-clinic.ts';
import { setAsideRevoked } from './revocation.ts';
import type { Workstation } from './workstation.ts';

/** Sets up the first workstation of a clinic. The recovery key is shown once, and asked for until somebody says that it is kept. Fails with `already-set-up`. */
export async function createClinic({ workstation }: PublicContext, { site, admin }: CallParsed<'setup.createClinic'>): Promise<RecoveryKeyShown> {
  const { recoveryKey } = await setUp(workstation, { site, accounts: [{ ...admin, role: 'admin' }], action: 'clinic.created' });
  return { recoveryKey };
}

/** Sets up a clinic with known accounts and made-up patients, who go on arriving in the job. Fails with `already-set-up`. */
export async function createDemo({ workstation }: PublicContext, { language }: CallParsed<'setup.createDemo'>): Promise<CallOutput<'setup.createDemo'>> {
  const { recoveryKey, store } = await setUp(workstation, demoClinic(language));
  return { recoveryKey, accounts: demoAccounts, job: fillDemoClinic(workstation, store, language) };
}

function setUp(workstation: Workstation, clinic: NewClinic): Promise<{ recoveryKey: string; store: Store }> {
  return workstation.exclusively(async () => {
    workstation.jobs.assertIdle('restore');
    if (workstation.databaseState === 'revoked') {
      setAsideRevoked(workstation);
      workstation.close();
    }
    if (workstation.databaseState !== 'absent') fail({ code: 'already-set-up' });
    const { databaseKey, recoveryKey } = await foundClinic(workstation.profile, workstation.environment, clinic);
    const store = workstation.open(databaseKey);
    await workstation.keepKeyInKeychain();
    return { recoveryKey, store };
  });
}
