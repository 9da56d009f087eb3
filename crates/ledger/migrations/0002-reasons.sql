-- Why a value follows from its words was a sentence. Now it is a code, one of the names in snake case of `Inferred` in
-- crates/record/src/inferred.rs, or JSON where a reason has data. A sentence that has no code is kept as
-- {"sentence": "…"}.
CREATE TEMP TABLE reason_codes (sentence TEXT PRIMARY KEY, code TEXT NOT NULL);

INSERT INTO reason_codes (sentence, code) VALUES
    ('an official account that tells no day is of the day of its publication', 'official_is_of_publication_day'),
    ('what a report opens with and gives no day for is of the day of its publication', 'opening_is_of_publication_day'),
    ('the sentence before tells where one of them was that day', 'stay_in_sentence_before'),
    ('counted from the other contact that it names', 'counted_from_other_contact'),
    ('the report says that several such calls were made that day', 'one_of_listed_calls'),
    ('the report tells it as what came next', 'told_next'),
    ('the report tells it beside the visit to that country', 'during_visit'),
    ('talks of one stay are told on several days', 'talks_of_one_stay'),
    ('it means this on any day on which the report may have been published', 'on_any_publication_day'),
    ('it lies within this interval on any day on which the report may have been published', 'within_on_any_publication_day'),
    ('who speaks at a place or an event is there in person', 'spoke_in_person'),
    ('an official account says "spoke" of a telephone call and "met" of a meeting', 'official_spoke'),
    ('the host of a visit is where it goes', 'host_of_visit'),
    ('it stands as a statement without a verb of saying', 'no_verb_of_saying'),
    ('the same speaker goes on in the same paragraph', 'speaker_goes_on_in_paragraph'),
    ('its clause shares this subject', 'shared_subject'),
    ('it is the subject of the clause', 'subject_of_clause'),
    ('the pronoun means who is spoken of before', 'pronoun_for_spoken_of'),
    ('whoever spoke before is meant by the pronoun', 'pronoun_for_speaker'),
    ('the pronoun means the several spoken of right before', 'pronoun_for_several'),
    ('the pronoun means those of whose contact is told right before', 'pronoun_for_parties'),
    ('whoever spoke last goes on', 'speaker_goes_on'),
    ('the same speaker says both in one sentence', 'said_in_same_sentence');

UPDATE account_sources SET inferred = coalesce(
    (SELECT code FROM reason_codes WHERE sentence = inferred),
    /* sqlite: json_object('sentence', inferred) */
    /* postgres: CAST(json_build_object('sentence', inferred) AS TEXT) */
) WHERE inferred IS NOT NULL;

UPDATE statement_sources SET inferred = coalesce(
    (SELECT code FROM reason_codes WHERE sentence = inferred),
    /* sqlite: json_object('sentence', inferred) */
    /* postgres: CAST(json_build_object('sentence', inferred) AS TEXT) */
) WHERE inferred IS NOT NULL;

DROP TABLE reason_codes;
