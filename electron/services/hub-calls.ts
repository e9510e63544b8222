import type { CallParsed } from '../../shared/contract/index.ts';
import type { HubState } from '../../shared/contract/sync.ts';
import type { Context } from './context.ts';

export async function hubState({ workstation }: Context): Promise<HubState> {
  const upstream = await workstation.hub.upstream();
  return { ...workstation.hub.state(), ...(upstream && { upstream }) };
}

export async function followCentral(context: Context, { address, fingerprint, code }: CallParsed<'hub.follow'>): Promise<HubState> {
  const { workstation, store, actor } = context;
  await workstation.exclusively(() => workstation.hub.follow(store, { address, fingerprint, code }));
  store.record({ actor, action: 'hub.followed' });
  return hubState(context);
}

export async function unfollowCentral(context: Context): Promise<HubState> {
  const { workstation, store, actor } = context;
  await workstation.exclusively(() => workstation.hub.unfollow());
  store.record({ actor, action: 'hub.unfollowed' });
  return hubState(context);
}

export async function startHub(context: Context, { port }: CallParsed<'hub.start'>): Promise<HubState> {
  const { workstation, store, actor } = context;
  await workstation.exclusively(() => workstation.hub.start(store, port));
  store.record({ actor, action: 'hub.started' });
  return hubState(context);
}

/** The other workstations go on by themselves and send what they wrote when it is started again. */
export async function stopHub({ workstation, store, actor }: Context): Promise<HubState> {
  await workstation.exclusively(() => workstation.hub.stop());
  store.record({ actor, action: 'hub.stopped' });
  return workstation.hub.state();
}
