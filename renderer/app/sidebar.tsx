import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { NavigationItem } from './feature.ts';
import { navigation } from './features.ts';
import { useMay } from './session.tsx';
import classes from './sidebar.module.css';
import { useUi } from './ui-store.ts';

const firstOfAdministration = 100;

/** The main menu: what this person may open; work above, administration below. */
export function Sidebar() {
  const { t } = useTranslation();
  const may = useMay();
  const menuOpen = useUi((state) => state.menuOpen);
  const items = navigation.filter((item) => may(item.permission));
  const groups = [items.filter(({ order }) => order < firstOfAdministration), items.filter(({ order }) => order >= firstOfAdministration)];
  return (
    <nav id="navigation" aria-label={t('app.navigation')} className={classes.sidebar} data-open={menuOpen || undefined}>
      {groups.map((group, index) => (
        <ul key={index} className={classes.group}>
          {group.map((item) => (
            <li key={item.to}>
              <Entry item={item} />
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

const noBadge = () => undefined;

function Entry({ item: { to, label, icon: ItemIcon, useBadge = noBadge } }: { item: NavigationItem }) {
  const { t } = useTranslation();
  const badge = useBadge();
  return (
    <NavLink to={to} className={classes.link ?? ''} onClick={() => useUi.setState({ menuOpen: false })}>
      <ItemIcon size={18} stroke={1.75} aria-hidden />
      {t(label)}
      {badge && (
        <>
          <span className={classes.badge} aria-hidden>
            {badge.count}
          </span>
          <VisuallyHidden>{badge.text}</VisuallyHidden>
        </>
      )}
    </NavLink>
  );
}
