/**
 * What a translation of a namespace must hold: every key of the English source, as text. English tells one
 * from many (`_one`, `_other`); Chinese has one form, so `_one` keys are left out of it.
 */
export type Translated<Source> = {
  readonly [Key in keyof Source as Key extends `${string}_one` ? never : Key]: Source[Key] extends string
    ? string
    : Translated<Source[Key]>;
};
