/** Database version 3: the newest survey of each plan revision, host by host. */

export const sql = `
CREATE TABLE surveys (
  plan_id TEXT NOT NULL, revision INTEGER NOT NULL, plan_hash TEXT NOT NULL, begun_by TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER,
  status TEXT NOT NULL, failure TEXT, seal INTEGER NOT NULL,
  PRIMARY KEY (plan_id, revision),
  FOREIGN KEY (plan_id, revision) REFERENCES plan_revisions (plan_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE surveyed_hosts (
  plan_id TEXT NOT NULL, revision INTEGER NOT NULL, host TEXT NOT NULL, number INTEGER NOT NULL, seen_at INTEGER NOT NULL, body TEXT NOT NULL, seal INTEGER NOT NULL,
  PRIMARY KEY (plan_id, revision, host),
  FOREIGN KEY (plan_id, revision) REFERENCES surveys (plan_id, revision)
) STRICT, WITHOUT ROWID;
`
