-- The last look at all that a deployment needs.
CREATE TABLE pre_flights (
    workspace  TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (name) ON DELETE CASCADE,
    -- What was found, and when; null while there was only an action that did not work.
    found      TEXT,
    checked_at INTEGER,
    -- What went wrong with the last action on it.
    problem    TEXT
) STRICT;
