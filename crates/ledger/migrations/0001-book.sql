-- The tables of a book. What a report or an account says is written once and never altered; what follows from
-- accounts (columns and tables marked "computed") can be thrown away and computed again.
-- Days are ISO 8601 text, which sorts as time does; yes and no are 1 and 0; ids are lower-case text, which follows from
-- the content. Tables refer to each other by numbers in the order of arrival, so that what belongs to a new report is
-- written at the end of each table, however many there are.
--
-- SQLite and PostgreSQL both read this file: what one of them alone is to see stands in a comment that begins with its
-- name, and is uncovered for it. Text is compared by its bytes in both.

-- One row for each text that was added.
CREATE TABLE reports (
    -- 1 for the first that was added, and so on
    arrived /* sqlite: INTEGER */ /* postgres: BIGINT */ PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,         -- follows from the content: the same text of the same source has the same id
    name TEXT NOT NULL,              -- what its source calls it: an identifier, a file name, an address
    address TEXT,                    -- what its versions share: the url, or the identifier that its source gave it
    url TEXT,
    title TEXT,
    text TEXT NOT NULL,
    published TEXT,                  -- YYYY-MM-DD
    publisher TEXT,
    side TEXT,                       -- the country or body whose official publisher this is
    agency TEXT,                     -- the news agency whose copy it says it is
    wording TEXT NOT NULL,           -- fingerprints of its word sequences, by which copies are told
    superseded_by TEXT               -- computed: the id of the next version of the same address
);
CREATE INDEX reports_by_address ON reports /* postgres: USING hash */ (address);
CREATE INDEX reports_by_published ON reports (published);

-- One row for each contact that a report tells of.
CREATE TABLE accounts (
    arrived /* sqlite: INTEGER */ /* postgres: BIGINT */ PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,         -- follows from the report's id and the number
    report BIGINT NOT NULL REFERENCES reports (arrived),
    number BIGINT NOT NULL,          -- which of the report's contacts, from 0
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    date TEXT,                       -- EDTF, as exact as it is told
    first_day TEXT,                  -- the first and last day that the date can mean
    last_day TEXT,
    time TEXT,                       -- HH:MM
    zone TEXT,                       -- IANA name, if told
    duration TEXT,                   -- ISO 8601
    duration_approximate BIGINT,
    place TEXT,
    place_side TEXT,                 -- computed: the country in which that is, where the tables know it
    first_or_last TEXT,
    aggregate BIGINT NOT NULL,
    count BIGINT,
    domestic BIGINT NOT NULL,
    words TEXT NOT NULL,             -- the words that tell of it best
    rules TEXT NOT NULL,             -- the names of the rules that found it, separated by spaces
    entry BIGINT                     -- computed: the entry that it belongs to; null until it is settled
);
CREATE INDEX accounts_by_report ON accounts (report, number);
CREATE INDEX accounts_by_entry ON accounts (entry);

-- Who takes part in the contact of an account, principals and others present.
CREATE TABLE account_parties (
    account BIGINT NOT NULL REFERENCES accounts (arrived),
    position BIGINT NOT NULL,
    present BIGINT NOT NULL,         -- 1 for somebody who was there and is no principal; positions are counted anew
    name TEXT,
    office TEXT,
    country TEXT,
    type TEXT NOT NULL,              -- person, state, body or document
    wikidata TEXT,
    role TEXT,                       -- null for those present
    identity TEXT NOT NULL,          -- computed: whom the words mean on the day of the contact
    side TEXT,                       -- computed: the country or body for which the party stands
    PRIMARY KEY (account, present, position)
) /* sqlite: WITHOUT ROWID */;

-- Which words of the report say a value of an account.
CREATE TABLE account_sources (
    account BIGINT NOT NULL REFERENCES accounts (arrived),
    field TEXT NOT NULL,             -- kind, status, date, party, present, topic, according_to, released_by, …
    position BIGINT NOT NULL,        -- in a list of values; else 0
    value TEXT,                      -- of fields that no column or table holds: topics, according_to, released_by, withheld_by
    spans TEXT NOT NULL,             -- start-end in bytes of the text, or t:start-end of the title, separated by spaces
    inferred TEXT,                   -- why the value follows, where no words state it
    PRIMARY KEY (account, field, position)
) /* sqlite: WITHOUT ROWID */;

-- Pairs of sides that an account brings together on days that are known, for finding accounts of the same contact.
-- Computed.
CREATE TABLE account_pairs (
    pair TEXT NOT NULL,              -- two sides in alphabetical order: "RUS USA"
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (arrived),
    PRIMARY KEY (pair, first_day, account)
) /* sqlite: WITHOUT ROWID */;

-- What somebody is said to have said, thought or wanted.
CREATE TABLE statements (
    report BIGINT NOT NULL REFERENCES reports (arrived),
    number BIGINT NOT NULL,
    content TEXT NOT NULL,           -- the words attributed
    spans TEXT NOT NULL,             -- where they stand
    cue TEXT,                        -- where the words stand that attribute them
    source TEXT,                     -- where the words stand for whom they are attributed to
    quotes TEXT NOT NULL,            -- where the quoted parts stand
    act TEXT NOT NULL,               -- said, thought, wanted
    polarity TEXT NOT NULL,          -- affirmed, denied, declined
    addressee TEXT,
    place TEXT,
    date TEXT,
    within BIGINT,                   -- the statement that this one is a part of
    PRIMARY KEY (report, number)
);

-- Who made a statement, passed it on, or on which occasion it was made.
CREATE TABLE statement_speakers (
    report BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    position BIGINT NOT NULL,
    relayed BIGINT NOT NULL,         -- 1 for who passed it on
    name TEXT,
    office TEXT,
    country TEXT,
    type TEXT NOT NULL,
    wikidata TEXT,
    identity TEXT NOT NULL,          -- computed
    side TEXT,                       -- computed
    PRIMARY KEY (report, statement, relayed, position)
) /* sqlite: WITHOUT ROWID */;

-- Which words say the further values of a statement.
CREATE TABLE statement_sources (
    report BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    field TEXT NOT NULL,             -- speaker, relayed_by, act, polarity, addressee, occasion, place, date, contact
    position BIGINT NOT NULL,
    value TEXT,                      -- of occasions
    spans TEXT NOT NULL,
    inferred TEXT,
    PRIMARY KEY (report, statement, field, position)
) /* sqlite: WITHOUT ROWID */;

-- On which contacts a statement bears.
CREATE TABLE statement_contacts (
    report BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    position BIGINT NOT NULL,
    account BIGINT NOT NULL,
    bearing TEXT NOT NULL,           -- tells, about, confirms, denies, declines_comment
    PRIMARY KEY (report, statement, position)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX statement_contacts_by_account ON statement_contacts (account);

-- One row for each contact in the book. Computed.
CREATE TABLE entries (
    -- the account whose id it has; accounts.entry leads here
    account /* sqlite: INTEGER */ /* postgres: BIGINT */ PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,         -- the id of one of its accounts; those of the others lead to it too
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    date TEXT,
    first_day TEXT,
    last_day TEXT,
    day TEXT NOT NULL,               -- by which it is sorted: the first day, else the day on which it became known, else ''
    time TEXT,
    duration TEXT,
    place TEXT,
    parties TEXT NOT NULL,           -- for people to read
    topics TEXT NOT NULL,
    disputed TEXT NOT NULL,          -- the fields on which accounts contradict each other
    sides TEXT NOT NULL,             -- those that have given their own account
    standing TEXT NOT NULL,
    sources BIGINT NOT NULL,         -- independent ones
    accounts BIGINT NOT NULL,
    aggregate BIGINT NOT NULL,
    domestic BIGINT NOT NULL,
    withdrawn BIGINT NOT NULL
);
CREATE INDEX entries_by_day ON entries (day, id);
CREATE INDEX entries_by_kind ON entries (kind, day, id);
CREATE INDEX entries_by_status ON entries (status, day, id);
CREATE INDEX entries_by_dispute ON entries (day, id) WHERE disputed <> '';

-- Who takes part in an entry, by identity and by side, with its day. Computed.
CREATE TABLE entry_parties (
    party TEXT NOT NULL,             -- an identity, or a side
    day TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (party, day, entry)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX entry_parties_by_entry ON entry_parties (entry);

-- Any two who take part in an entry, identities and sides; nobody with the side that only they stand for. Computed.
CREATE TABLE entry_pairs (
    pair TEXT NOT NULL,              -- two of entry_parties.party in alphabetical order
    day TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (pair, day, entry)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX entry_pairs_by_entry ON entry_pairs (entry);

-- Why accounts are held to be of one contact. Computed.
CREATE TABLE joins (
    entry BIGINT NOT NULL,
    account BIGINT NOT NULL,
    other BIGINT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (account, other)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX joins_by_entry ON joins (entry);

-- What a person has decided: that accounts are of one contact, or are not. Never altered; undoing is a decision too.
CREATE TABLE decisions (
    number BIGINT NOT NULL,          -- 1 for the first, and so on
    position BIGINT NOT NULL,        -- a decision may be about several pairs of accounts
    verdict TEXT NOT NULL,           -- merge, split or undo
    account TEXT,
    other TEXT,
    undoes BIGINT,                   -- the number of the decision that is undone
    decided_by TEXT,
    why TEXT,
    PRIMARY KEY (number, position)
);

-- What the watcher knows of each feed.
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    failures BIGINT NOT NULL,
    not_before BIGINT NOT NULL,      -- seconds since 1970 before which it is not to be asked again
    said TEXT                        -- why the last try failed
);

-- Full-text search over titles and texts of reports.
/* sqlite:
CREATE VIRTUAL TABLE report_words USING fts5 (
    title, text, content = 'reports', content_rowid = 'arrived', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER report_words_added AFTER INSERT ON reports BEGIN
    INSERT INTO report_words (rowid, title, text) VALUES (new.arrived, new.title, new.text);
END;
CREATE TRIGGER report_words_removed AFTER DELETE ON reports BEGIN
    INSERT INTO report_words (report_words, rowid, title, text) VALUES ('delete', old.arrived, old.title, old.text);
END;
*/
/* postgres:
-- A report of any length is found by its first 200,000 characters; an index entry holds no more.
CREATE FUNCTION report_words(title TEXT, text TEXT) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('english', left(coalesce($1, '') || ' ' || $2, 200000))
$$;
CREATE INDEX reports_by_words ON reports USING gin (report_words(title, text));
*/

-- The contacts as people read them: one row for each.
CREATE VIEW contacts AS
SELECT
    id, day, date, time, duration, kind, status, certainty, parties, place, topics, disputed, standing, sources,
    accounts, withdrawn
FROM entries;

-- Every value of every account, with the first of the words that say so.
CREATE VIEW account_values AS
SELECT
    a.id AS account, e.id AS entry, s.field, s.position,
    CASE s.field
        WHEN 'kind' THEN a.kind
        WHEN 'status' THEN a.status
        WHEN 'certainty' THEN a.certainty
        WHEN 'date' THEN a.date
        WHEN 'time' THEN a.time
        WHEN 'duration' THEN a.duration
        WHEN 'place' THEN a.place
        WHEN 'first_or_last' THEN a.first_or_last
        WHEN 'count' THEN CAST(a.count AS TEXT)
        WHEN 'party' THEN coalesce(p.name, p.office, p.country)
        WHEN 'present' THEN coalesce(p.name, p.office, p.country)
        ELSE s.value
    END AS value,
    /* sqlite:
    nullif(CAST(substr(
        CAST(CASE WHEN s.spans LIKE 't:%' THEN r.title ELSE r.text END AS BLOB),
        CAST(replace(substr(s.spans, 1, instr(s.spans, '-') - 1), 't:', '') AS INTEGER) + 1,
        CAST(substr(s.spans, instr(s.spans, '-') + 1) AS INTEGER)
            - CAST(replace(substr(s.spans, 1, instr(s.spans, '-') - 1), 't:', '') AS INTEGER)
    ) AS TEXT), '') AS words,
    */
    /* postgres:
    convert_from(substring(
        convert_to(CASE WHEN s.spans LIKE 't:%' THEN r.title ELSE r.text END, 'UTF8')
        FROM CAST(substring(s.spans FROM '[0-9]+') AS INTEGER) + 1
        FOR CAST(substring(s.spans FROM '-([0-9]+)') AS INTEGER) - CAST(substring(s.spans FROM '[0-9]+') AS INTEGER)
    ), 'UTF8') AS words,
    */
    s.inferred, s.spans, r.id AS report, r.publisher, r.published, r.url
FROM account_sources s
JOIN accounts a ON a.arrived = s.account
JOIN reports r ON r.arrived = a.report
LEFT JOIN entries e ON e.account = a.entry
LEFT JOIN account_parties p
    ON p.account = s.account AND p.position = s.position
    AND p.present = CASE s.field WHEN 'party' THEN 0 WHEN 'present' THEN 1 END;
