/**
 * Database version 9: a seal that also covers who changed a revision, and when. Revisions of older versions have no
 * seal: a locked one never changes.
 */

export const sql = 'ALTER TABLE plan_revisions ADD COLUMN seal INTEGER;'
