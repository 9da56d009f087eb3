//! Reads news into sourced diplomatic contacts.
