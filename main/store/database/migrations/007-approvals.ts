/** Database version 7: approvals of plan revisions, and edits that could not be saved as a draft yet. */

export const sql = `
CREATE TABLE approvals (
  plan_id TEXT NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, seal INTEGER NOT NULL,
  PRIMARY KEY (plan_id, revision, number),
  FOREIGN KEY (plan_id, revision) REFERENCES plan_revisions (plan_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER approval_kept BEFORE UPDATE ON approvals BEGIN SELECT raise(ABORT, 'approvals are append-only'); END;
CREATE TRIGGER approval_stays BEFORE DELETE ON approvals BEGIN SELECT raise(ABORT, 'approvals are append-only'); END;

CREATE TABLE unsaved_edits (
  plan_id TEXT NOT NULL PRIMARY KEY, based_on TEXT NOT NULL, kept_at INTEGER NOT NULL, body TEXT NOT NULL, seal INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
