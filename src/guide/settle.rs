//! From the guides that bear on a draft to the one that holds for it.
//!
//! What stands later in a guide, or in a nearer guide, wins; lists add up.

use super::read::{GuideFile, Layer};
use super::{Guide, RuleSetting};
use std::path::Path;
use std::sync::Arc;

/// A guide and all that it extends, the farthest first.
#[derive(Clone, Debug)]
pub struct Chain {
    pub files: Vec<Arc<GuideFile>>,
}

impl Chain {
    /// Which overrides hold for a draft: drafts with equal answers share one settled guide.
    pub fn overrides_for(&self, draft: &Path) -> Vec<bool> {
        let mut out = Vec::new();
        for file in &self.files {
            let path = file.relative(draft);
            out.extend(file.overrides.iter().map(|other| other.paths.matches(path)));
        }
        out
    }

    /// Settles the chain for drafts with these overrides.
    pub fn settle(&self, overrides: &[bool]) -> Guide {
        let mut guide = Guide::default();
        let mut holds = overrides.iter();
        for file in &self.files {
            guide.add(&file.layer);
            for (other, _) in file.overrides.iter().zip(&mut holds).filter(|(_, holds)| **holds) {
                guide.add(&other.layer);
            }
        }
        guide
    }

    /// Whether a draft found in a folder is to be read: `None` where no guide says which are.
    pub fn includes(&self, draft: &Path) -> Option<bool> {
        let excluded = |file: &Arc<GuideFile>| {
            file.exclude.as_ref().is_some_and(|globs| globs.matches(file.relative(draft)))
        };
        if self.files.iter().any(excluded) {
            return Some(false);
        }
        let nearest = self.files.iter().rev().find_map(|file| Some((file, file.include.as_ref()?)));
        nearest.map(|(file, globs)| globs.matches(file.relative(draft)))
    }
}

impl GuideFile {
    /// A draft's path counted from the guide's folder; as it is where the draft stands elsewhere.
    fn relative<'a>(&self, draft: &'a Path) -> &'a Path {
        let folder = self.source.path.parent().unwrap_or(Path::new(""));
        draft.strip_prefix(folder).unwrap_or(draft)
    }
}

impl Guide {
    fn add(&mut self, layer: &Layer) {
        self.language = layer.language.unwrap_or(self.language);
        for word in &layer.words {
            self.words.insert(word);
        }
        self.dictionaries.extend(layer.files.dictionaries.iter().cloned());
        for name in &layer.names {
            self.names.insert(name.right.clone(), name.clone());
        }
        for (find, term) in &layer.terms {
            match term {
                Some(term) => self.terms.insert(find.clone(), term.clone()),
                None => self.terms.remove(find),
            };
        }
        self.quotes.sources.extend(layer.files.sources.iter().cloned());
        self.quotes.require_source = layer.require_source.unwrap_or(self.quotes.require_source);
        for entry in &layer.rules {
            let setting: &mut RuleSetting = self.rules.entry(entry.name.value.clone()).or_default();
            setting.level = entry.level.or(setting.level);
            setting.options.extend(&entry.options);
        }
    }
}
