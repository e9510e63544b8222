import { sameSlot, slotKeys, slotsOverlap, takesSlot } from '../appointments/slots.ts';
import type { AppointmentContent } from '../schema/appointment.ts';
import type { Content } from './content.ts';

/**
 * The rule of a collection whose documents may stand in each other's way. Two that were written apart are settled where they meet: what
 * landed first stays, the later one gives way, and says so. Nothing of it is lost, and a person decides what becomes of it.
 */
export interface Exclusion {
  /** Any two documents that are in each other's way share one of these; empty for one that is in nobody's. */
  keys: (content: Content) => string[];
  /** Whether `content` may not be written beside one that `stands`. */
  yields: (content: Content, stands: Content) => boolean;
  giveWay: (content: Content, toId: string) => Content;
  /** As it was before it gave way: what people change at the same time is merged without what the rule made of it. */
  asMeant: (content: Content) => Content;
  /** Whom it gave way to. */
  gaveWayTo: (content: Content) => string | undefined;
  /** Whether two versions claim the same. */
  claimsSame: (one: Content, other: Content) => boolean;
}

const asAppointment = (content: Content): AppointmentContent => content as unknown as AppointmentContent;

/** One practitioner or room, one appointment at a time. A patient who has arrived is never sent away by a machine. */
export const slotRule: Exclusion = {
  keys: (content) => (takesSlot(asAppointment(content)) ? slotKeys(asAppointment(content)) : []),
  yields: (content, stands) => content['status'] === 'booked' && takesSlot(asAppointment(stands)) && slotsOverlap(asAppointment(content), asAppointment(stands)),
  giveWay: (content, toId) => ({ ...content, status: 'proposed', displacedBy: toId }),
  asMeant(content) {
    if (content['displacedBy'] === undefined || content['status'] !== 'proposed') return content;
    const { displacedBy: _displacedBy, ...meant } = content;
    return { ...meant, status: 'booked' };
  },
  gaveWayTo: (content) => (content['status'] === 'proposed' ? (content['displacedBy'] as string | undefined) : undefined),
  claimsSame: (one, other) => one['status'] === other['status'] && sameSlot(asAppointment(one), asAppointment(other)),
};
