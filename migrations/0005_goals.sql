-- What a workspace is to be brought to: everything up to and with a step.
CREATE TABLE goals (
    workspace TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (name) ON DELETE CASCADE,
    step      TEXT NOT NULL,
    begun_at  INTEGER NOT NULL,
    -- Why it was given up; null while it is under way.
    problem   TEXT
) STRICT;
