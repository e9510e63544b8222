import { useCall } from '../../api/queries.ts';

/** What another workstation needs to find the server that this one knows: its own, where it serves, else the one it joined. */
export function useServerShown(): { addresses: string[]; fingerprint: string | undefined } {
  const hub = useCall('hub.state', {}).data;
  const server = useCall('sync.state', {}).data?.server;
  if (hub?.running === true) return { addresses: hub.addresses, fingerprint: hub.fingerprint };
  return { addresses: server ? [server.address] : [], fingerprint: server?.fingerprint };
}
