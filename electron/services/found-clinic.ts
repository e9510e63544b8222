import { join } from 'node:path';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import { defaultWorkstationSettings, workstationSettingsId } from '../../shared/schema/setting.ts';
import type { SiteContent } from '../../shared/schema/site.ts';
import type { UserContent } from '../../shared/schema/user.ts';
import { createDatabase } from '../storage/create-database.ts';
import type { Environment } from '../storage/environment.ts';
import { Keyring } from '../storage/keyring.ts';
import { noteRecoveryKeyShown } from '../storage/recovery-key-confirmation.ts';
import type { Store } from '../storage/store.ts';
import type { UserCredentials } from '../storage/unseal.ts';
import { credentialOf } from './passwords.ts';
import { foundSite } from './sites.ts';

/** An account to begin with; the first of a clinic is its admin. */
export type FoundingAccount = Omit<UserContent, 'active'> & { password: string };
type Founder = FoundingAccount & { userId: string };

export interface NewClinic {
  site: SiteContent;
  accounts: readonly [FoundingAccount, ...FoundingAccount[]];
  /** A demo clinic's accounts stay on its sign-in screen. */
  action: Extract<AuditAction, 'clinic.created' | 'demo.created'>;
}

/**
 * Makes keyring and database of a new clinic in an empty profile. The keyring comes first and the database appears whole
 * and last: a kill in between leaves a profile that can be set up again. Answers the recovery key, which is written
 * down nowhere. Fails with `already-set-up`, `disk-full` or `storage-unavailable`.
 */
export async function foundClinic(
  profile: string,
  environment: Environment,
  clinic: NewClinic,
): Promise<{ databaseKey: Uint8Array; recoveryKey: string }> {
  const founders = clinic.accounts.map((account) => ({ ...account, userId: environment.newId() }));
  const [admin, ...others] = founders as [Founder, ...Founder[]];
  const kind = clinic.action === 'demo.created' ? 'demo' : 'real';
  const { keyring, databaseKey, recoveryKey } = await Keyring.create(profile, environment.clock, admin, kind);
  await Promise.all(others.map((founder) => keyring.addUser(founder, databaseKey)));
  createDatabase(join(profile, 'outpost.db'), databaseKey, environment, (store) => writeClinic(store, keyring, clinic, { founders, admin }));
  return { databaseKey, recoveryKey };
}

function writeClinic(store: Store, { users, wraps }: Keyring, { site, action }: NewClinic, { founders, admin }: { founders: Founder[]; admin: Founder }): void {
  store.commit({ actor: { id: admin.userId, name: admin.displayName }, action }, (transaction) => {
    foundSite(store, transaction, { ...site, ...(wraps.recovery && { recoveryPublicKey: wraps.recovery.publicKey }) });
    transaction.create('settings', defaultWorkstationSettings, workstationSettingsId);
    for (const { userId, password: _password, ...account } of founders) {
      const credentials = users.find((user) => user.userId === userId) as UserCredentials;
      transaction.create('users', { ...account, active: true, credential: credentialOf(credentials) }, userId);
    }
  });
  // With the founding: a program that dies before it answers has shown the key to nobody.
  if (action === 'clinic.created') noteRecoveryKeyShown(store.connection);
}
