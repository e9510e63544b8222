import { create } from 'zustand';
import type { Draft } from '../../../shared/schema/draft.ts';

export type DockKind = Exclude<Draft['kind'], 'patient' | 'medicalRecord'>;

/** The form beside a chart. What is typed in it is a draft on disk: another form may take its place and it comes back as it was. */
export interface Docked {
  patientId: string;
  kind: DockKind;
  /** `new`, or the document that is changed, or the order that is answered. */
  key: string;
  minimised: boolean;
}

export const useDock = create<{ docked: Docked | undefined }>(() => ({ docked: undefined }));

export const openDock = (patientId: string, kind: DockKind, key = 'new'): void => useDock.setState({ docked: { patientId, kind, key, minimised: false } });
export const closeDock = (): void => useDock.setState({ docked: undefined });

/** How the form that stands in the dock now is closed when its save has come through: not the one that somebody opened meanwhile. */
export function closerOfDock(): () => void {
  const own = useDock.getState().docked;
  return () => {
    const { docked } = useDock.getState();
    if (docked?.patientId === own?.patientId && docked?.kind === own?.kind && docked?.key === own?.key) closeDock();
  };
}
export const minimiseDock = (minimised: boolean): void => useDock.setState(({ docked }) => ({ docked: docked && { ...docked, minimised } }));
