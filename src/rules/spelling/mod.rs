//! The spelling desk.
