import { fillOrganisation, type Size } from './sync-fill.ts';
import { codeFor, openCentral, type Central, type Organisation } from './sync-central.ts';
import { progress, type Cleanup } from './sync-cleanup.ts';
import { seededProfile, workingCopy, adminAccount, doctorAccount } from './clinic.ts';
import { newProfile, signInQuietly, startWorkstation, type SyncWorkstation } from './sync-workstation.ts';

/** What several parts of the bench work on; each is made when the first of them asks for it. */
export interface Setting {
  cleanup: Cleanup;
  sizes: Sizes;
  central(): Promise<Central>;
  /** The organisation of the full size, on the server. */
  large(): Promise<Organisation>;
  /** A workstation with its first copy of that. */
  largeCopy(): Promise<Joined>;
  /** A clinic that worked alone, joined and sent all it had, and a second workstation of it. A doctor is signed in at both. */
  clinic(): Promise<Clinic>;
  /** Profile of a small clinic that worked alone; only to be read or copied. */
  seededProfile(): string;
}

export interface Sizes {
  large: Size;
  small: Size;
  /** Documents that the peer takes too. */
  peer: number;
  saves: number;
  connected: number[];
  clients: number[];
}

export interface Clinic {
  organisation: Organisation;
  first: SyncWorkstation;
  second: SyncWorkstation;
  /** How long the first took to send everything that it had written alone. */
  sentSeconds: number;
}

export function settingOf(cleanup: Cleanup, sizes: Sizes): Setting {
  const profile = once(() => {
    progress(`Preparing a clinic of ${sizes.small.patients} patients and ${sizes.small.records} records`);
    return seededProfile(sizes.small.patients, sizes.small.records);
  });
  const central = once(() => {
    progress('Starting MariaDB and a server');
    return openCentral(cleanup);
  });
  const large = once(async () => fillOrganisation(await central(), 'large', sizes.large, profile()));
  return {
    cleanup, sizes, central, large, seededProfile: profile,
    largeCopy: once(async () => {
      const [server, organisation] = [await central(), await large()];
      progress('A workstation takes its first copy');
      return joined(cleanup, server, organisation);
    }),
    clinic: once(async () => openClinic(cleanup, await central(), profile())),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

async function openClinic(cleanup: Cleanup, central: Central, profile: string): Promise<Clinic> {
  const { organisationId } = await central.service.createOrganisation('small');
  const first = await startWorkstation(workingCopy(profile));
  cleanup.add(() => first.close());
  await signInQuietly(first, adminAccount);
  const { id: siteId } = await first.call('sites.current', {});
  const organisation = { organisationId, siteId };
  progress('A workstation that worked alone sends everything');
  const began = performance.now();
  await first.join(central.server.address, await codeFor(central, { organisationId }));
  await first.untilIdle();
  const sentSeconds = (performance.now() - began) / 1000;
  const { workstation: second } = await joined(cleanup, central, organisation);
  await signInQuietly(second, doctorAccount);
  return { organisation, first, second, sentSeconds };
}

export interface Joined {
  workstation: SyncWorkstation;
  /** How long the first copy took from the call that joins, digests compared. */
  seconds: number;
}

/** A new workstation with its first copy. */
export async function joined(cleanup: Cleanup, central: Central, organisation: Organisation): Promise<Joined> {
  const workstation = await startWorkstation(newProfile());
  cleanup.add(() => workstation.close());
  const code = await codeFor(central, organisation);
  const began = performance.now();
  await workstation.join(central.server.address, code);
  await workstation.untilIdle();
  return { workstation, seconds: (performance.now() - began) / 1000 };
}
