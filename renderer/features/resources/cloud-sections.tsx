import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import classes from './cloud-sections.module.css';

const sections = [
  ['/cloud', 'overview'],
  ['/cloud/placement', 'placement'],
  ['/cloud/tasks', 'tasks'],
  ['/cloud/inventory', 'inventory'],
  ['/cloud/usage', 'usage'],
  ['/cloud/maintenance', 'maintenance'],
  ['/cloud/reports', 'reports'],
] as const;

/** The way between the screens of the panel. */
export function CloudSections() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('cloud.sections')} className={classes.sections}>
      {sections.map(([to, name]) => (
        <NavLink key={to} to={to} end={to === '/cloud'} className={classes.section ?? ''}>
          {t(`cloud.${name}`)}
        </NavLink>
      ))}
    </nav>
  );
}
