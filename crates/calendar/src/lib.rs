//! Time phrases and a reference date to TIMEX3 and EDTF.
