import type { ComponentType } from 'react';
import type { Icon } from '@tabler/icons-react';
import type { RouteObject } from 'react-router';
import type { TextKey } from '../../shared/i18n/index.ts';
import type { Permission } from '../../shared/permissions.ts';


/** What the frame knows of a screen: it heads the window, is announced when opened, and is shown to those who may. */
export interface ScreenHandle {
  title: TextKey;
  permission?: Permission;
}

/** A screen. Its path may hold ids, never patient text. The root element of `Component` is laid out by the frame's main area. */
export type Screen = RouteObject & { path: string; Component: ComponentType; handle: ScreenHandle };

/** What waits behind an entry of the sidebar. `text` says it to those who do not see it: `3 open conflicts`. */
export interface NavigationBadge {
  count: number;
  text: string;
}

/** An entry of the sidebar. */
export interface NavigationItem {
  to: string;
  label: TextKey;
  /** What the palette calls it, where its label is that of a part of the chart too. */
  command?: TextKey;
  icon: Icon;
  permission?: Permission;
  /** Rising order in the sidebar; work first, administration from 100 on. */
  order: number;
  /** A hook: what waits there, told beside the label. */
  useBadge?: () => NavigationBadge | undefined;
}

/** Something the command palette can do. */
export interface Command {
  id: string;
  label: TextKey;
  icon: Icon;
  permission?: Permission;
  run: (navigate: (to: string) => void) => void;
}

/** A hit of a palette search, such as a patient. */
export interface SearchHit {
  id: string;
  label: string;
  description?: string;
  to: string;
}

/** Finds things by what is typed into the palette. A hook: it may keep state and queries of its own. */
export interface PaletteSearch {
  label: TextKey;
  permission: Permission;
  /** `query` is '' while the palette is closed. */
  useHits: (query: string) => SearchHit[];
}

/**
 * What a room of the program registers with the frame: renderer/features/<noun>/feature.ts exports one, and
 * app/features.ts lists them.
 */
export interface Feature {
  screens: Screen[];
  navigation?: NavigationItem[];
  commands?: Command[];
  search?: PaletteSearch;
}
