/**
 * What a workstation of a site may be told: what belongs to the whole organisation, and patients that its site holds now. Takes
 * the site's id as its first parameter; `r` is `revisions`.
 */
export const joinGrants = `LEFT JOIN grants g ON g.organisation_id = r.organisation_id AND g.site_id = ? AND g.patient_id = r.compartment AND g.withdrawn_position IS NULL`;
export const inScope = `(r.compartment = '*' OR g.patient_id IS NOT NULL)`;
