//! The structure desk.
