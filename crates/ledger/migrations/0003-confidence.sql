-- How often accounts told with such a figure are right, in thousandths. Accounts filed before it was reckoned have it in full.
ALTER TABLE accounts ADD COLUMN confidence BIGINT NOT NULL DEFAULT 1000;

-- The highest of the accounts that count. Computed.
ALTER TABLE entries ADD COLUMN confidence BIGINT NOT NULL DEFAULT 1000;
