import { useUi } from './ui-store.ts';

/** What {@link announce} says, for screen readers. */
export function LiveRegion() {
  const announcement = useUi((state) => state.announcement);
  return (
    <div aria-live="polite" className="visually-hidden">
      {announcement}
    </div>
  );
}
