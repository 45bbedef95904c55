/** Owns version 9 of the database: who changed a revision and when is sealed too. Revisions of older versions carry no seal: a locked one never changes. */

export const sql = 'ALTER TABLE plan_revisions ADD COLUMN seal INTEGER;'
