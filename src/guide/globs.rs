//! Patterns of paths, as in a `.gitignore`, counted from the folder of the guide that holds them.

use super::error::{GuideError, GuideSource};
use super::value::Located;
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::Path;
use std::sync::Arc;

/// Patterns, compiled.
#[derive(Clone, Debug)]
pub struct Globs {
    /// As the guide writes them.
    pub patterns: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Compiles patterns. One without a slash matches at any depth; one that names a folder matches all in it.
    pub fn new(source: &Arc<GuideSource>, patterns: &[Located<String>]) -> Result<Self, GuideError> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            for glob in variants(&pattern.value) {
                match compile(&glob) {
                    Ok(glob) => set.add(glob),
                    Err(error) => return Err(bad_pattern(source, pattern, &error)),
                };
            }
        }
        let set = set.build().map_err(|error| match patterns.first() {
            Some(first) => bad_pattern(source, first, &error),
            None => GuideError::of_file(source.path.clone(), error.to_string()),
        })?;
        Ok(Self { patterns: patterns.iter().map(|pattern| pattern.value.clone()).collect(), set })
    }

    /// Whether a path, relative to the guide's folder, is meant.
    pub fn matches(&self, path: &Path) -> bool {
        self.set.is_match(path)
    }
}

fn bad_pattern(source: &Arc<GuideSource>, pattern: &Located<String>, error: &globset::Error) -> GuideError {
    let message = format!("“{}” is no pattern of paths: {}", pattern.value, error.kind());
    GuideError::at(source, pattern.span.clone(), message)
        .with_help("patterns look like “opinion/**”, “*.md” or “archive/20[12]?/*.txt”")
}

fn variants(pattern: &str) -> [String; 2] {
    let trimmed = pattern.strip_prefix("./").unwrap_or(pattern);
    let folder = trimmed.trim_end_matches('/');
    let rooted = folder.trim_start_matches('/');
    let anywhere = if folder.contains('/') { rooted.to_owned() } else { format!("**/{rooted}") };
    [format!("{anywhere}/**"), if trimmed.ends_with('/') { format!("{anywhere}/**") } else { anywhere }]
}

fn compile(glob: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let source = Arc::new(GuideSource { path: "styleguide.toml".into(), text: "".into() });
        let pattern = Located { value: pattern.to_owned(), span: 0..0 };
        Globs::new(&source, &[pattern]).unwrap().matches(Path::new(path))
    }

    #[test]
    fn a_pattern_without_a_slash_matches_at_any_depth() {
        assert!(matches("*.md", "a/b/c.md"));
        assert!(matches("archive", "a/archive/b.md"));
        assert!(!matches("*.md", "a/b.txt"));
    }

    #[test]
    fn a_pattern_with_a_slash_counts_from_the_guides_folder() {
        assert!(matches("opinion/*.md", "opinion/a.md"));
        assert!(!matches("opinion/*.md", "opinion/old/a.md"));
        assert!(!matches("/opinion/*.md", "desk/opinion/a.md"));
        assert!(matches("opinion/", "opinion/old/a.md"));
        assert!(matches("opinion/old", "opinion/old/a.md"));
        assert!(matches("./opinion/**", "opinion/old/a.md"));
    }
}
