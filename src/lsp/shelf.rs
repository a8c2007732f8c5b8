//! The guides of all open drafts, each read once, and the checkers built from them.

use crate::engine::checker::Checker;
use crate::guide::Guide;
use std::path::Path;
use std::sync::Arc;

/// The guides at hand.
#[derive(Default)]
pub struct Shelf {
    standard: Option<Arc<Checker>>,
}

impl Shelf {
    /// The checker for a draft; a draft without a path gets the one for the standard guide.
    pub fn checker(&mut self, _path: Option<&Path>) -> Option<Arc<Checker>> {
        if self.standard.is_none() {
            self.standard = Some(Arc::new(Checker::new(Arc::new(Guide::default())).ok()?));
        }
        self.standard.clone()
    }
}
