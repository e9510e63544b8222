import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { PatientRow } from '../../shared/contract/patients.ts';
import { fail } from '../../shared/errors.ts';
import { can } from '../../shared/permissions.ts';
import type { Favourite, FavouriteContent } from '../../shared/schema/favourite.ts';
import { derivedId } from '../../shared/sync/derived-id.ts';
import { favouriteOrders, favouritePatients, recentPatients } from '../storage/habits.ts';
import { idsOfPatient } from '../storage/linked-patients.ts';
import type { Context } from './context.ts';
import { presentPatient } from './patients.ts';

/** Charts that are offered as the last ones opened. */
const recentShown = 20;

/** Read from this workstation's audit: what a person opened elsewhere is nothing that this one must know. */
export function listRecentPatients({ store, user }: Context): PatientRow[] {
  return recentPatients(store.connection, user.id, recentShown);
}

export function listFavourites({ store, user }: Context): CallOutput<'favourites.list'> {
  return {
    patients: favouritePatients(store.connection, user.id),
    orders: can(user.role, 'record.read') ? favouriteOrders(store.connection, user.id) : [],
  };
}

/** Marks a patient or takes the mark away, under whichever entry it was made. Fails with `not-found` or `patient-deleted`. */
export function setFavouritePatient(context: Context, { patientId, favourite }: CallParsed<'favourites.setPatient'>): null {
  if (favourite) {
    presentPatient(context.store, patientId);
    keep(context, { userId: context.user.id, patientId });
    return null;
  }
  const { store, actor, user } = context;
  const known = idsOfPatient(store.connection, patientId).flatMap((id) => store.get('favourites', idOf({ userId: user.id, patientId: id })) ?? []).filter(({ deleted }) => !deleted);
  if (known.length === 0) return null;
  store.commit({ actor, action: 'favourite.removed', about: { patientId } }, (transaction) => {
    for (const { id, rev } of known) transaction.remove('favourites', id, { over: rev });
  });
  return null;
}

export function addFavouriteOrder(context: Context, order: CallParsed<'favourites.addOrder'>): Favourite {
  return keep(context, { userId: context.user.id, ...order });
}

export function removeFavouriteOrder({ store, actor, user }: Context, { id, rev }: CallParsed<'favourites.removeOrder'>): null {
  if (store.get('favourites', id)?.userId !== user.id) fail({ code: 'not-found', collection: 'favourites' });
  store.commit({ actor, action: 'favourite.removed' }, (transaction) => transaction.remove('favourites', id, { over: rev }));
  return null;
}

/** The same favourite has the same id wherever it is made: two offline workstations make one of it. */
const idOf = (content: FavouriteContent): string => derivedId('favourite', content);

function keep({ store, actor }: Context, content: FavouriteContent): Favourite {
  const id = idOf(content);
  const known = store.get('favourites', id);
  if (known !== undefined && !known.deleted) return known;
  const about = content.patientId === undefined ? {} : { about: { patientId: content.patientId } };
  return store.commit({ actor, action: 'favourite.added', ...about }, (transaction) =>
    known === undefined ? transaction.create('favourites', content, id) : transaction.restore('favourites', id, { over: known.rev }),
  );
}
