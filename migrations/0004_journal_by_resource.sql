-- Every check asks whether the panel made what it sees.
CREATE INDEX journal_by_resource ON journal (workspace, kind);
