import { Button, FileButton, Group, Input } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './logo-field.module.css';

interface LogoFieldProps {
  /** A data URL. */
  logo: string | undefined;
  error: ReactNode;
  onChange: (logo: string | undefined) => void;
}

/** The picture at the head of every print, kept as it comes: its bytes are checked where the form is, and where it is saved. */
export function LogoField({ logo, error, onChange }: LogoFieldProps) {
  const { t } = useTranslation();
  const choose = (file: File | null) => {
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener('load', () => onChange(String(reader.result)));
    reader.readAsDataURL(file);
  };
  return (
    <Input.Wrapper component="div" label={t('settings.logo')} labelElement="div" description={t('settings.logoHint')} error={error}>
      <Group gap="sm" mt={4} data-path="logo">
        {logo !== undefined && <img src={logo} alt={t('settings.logo')} className={classes.logo} />}
        <FileButton accept="image/png,image/jpeg" onChange={choose}>
          {(props) => (
            <Button variant="default" size="xs" {...props}>
              {t('settings.chooseLogo')}
            </Button>
          )}
        </FileButton>
        {logo !== undefined && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => onChange(undefined)}>
            {t('settings.removeLogo')}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
