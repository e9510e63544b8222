import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './fingerprint.module.css';

/** A certificate's fingerprint in groups, on every screen in the same ones, so that two people can compare it line by line. */
export function Fingerprint({ value }: { value: string }) {
  const { t } = useTranslation();
  const pairs = value.split(':');
  const groups = Array.from({ length: Math.ceil(pairs.length / 4) }, (_, index) => pairs.slice(index * 4, index * 4 + 4).join(':'));
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('enrolment.fingerprint')}
      </Text>
      <code className={classes.fingerprint} translate="no">
        {groups.map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </code>
    </div>
  );
}
