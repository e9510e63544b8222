import { Avatar, Button, FileButton, Group, Input } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PatientFormState } from './patient-form-values.ts';
import { shrinkPhoto } from './photo.ts';

/** A picture chosen from a file, made small on this computer before it is kept. */
export function PhotoField({ form }: { form: PatientFormState }) {
  const { t } = useTranslation();
  const { photo } = form.values;
  const choose = async (file: File | null) => {
    if (!file) return;
    try {
      form.setFieldValue('photo', await shrinkPhoto(file));
    } catch {
      form.setFieldError('photo', t('patients.form.photoUnreadable'));
    }
  };
  return (
    <Input.Wrapper
      component="div"
      label={t('patients.field.photo')}
      labelElement="div"
      description={t('patients.form.photoHint')}
      error={form.errors['photo']}
    >
      <Group gap="sm" mt={4} data-path="photo">
        <Avatar src={photo === '' ? null : photo} size="lg" radius="sm" alt={t('patients.field.photo')} />
        <FileButton accept="image/jpeg,image/png,image/webp" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button variant="default" size="xs" {...props}>
              {t('patients.form.choosePhoto')}
            </Button>
          )}
        </FileButton>
        {photo !== '' && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => form.setFieldValue('photo', '')}>
            {t('patients.form.removePhoto')}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
