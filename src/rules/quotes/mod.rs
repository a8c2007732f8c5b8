//! The quotes desk.

pub mod altered_quote;
pub mod mixed_quote_marks;
pub mod quote_punctuation;
pub mod stranded_attribution;
pub mod unattributed_quote;
pub mod unclosed_quote;
