//! Accounts to JSON and its schema.
