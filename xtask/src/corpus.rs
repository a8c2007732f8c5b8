//! Reads the training corpora, document by document, in a fixed order. Knows nothing of what is counted.

use serde_json::Value;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

/// A text that was written as one.
pub struct Document {
    /// Headline, if the corpus tells it apart.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// A corpus and the weight of a count in it.
pub struct Corpus {
    /// File name without its endings.
    pub name: &'static str,
    /// What one occurrence counts for.
    pub weight: f32,
    /// Whether only what stands in three articles or more may be learned.
    pub guarded: bool,
}

/// The corpora that the model learns from.
pub const CORPORA: [Corpus; 7] = [
    Corpus { name: "news-train", weight: 1.0, guarded: true },
    Corpus { name: "grimmer_press_clean", weight: 1.0, guarded: false },
    Corpus { name: "ungdc", weight: 0.4, guarded: false },
    Corpus { name: "openstax", weight: 0.8, guarded: false },
    Corpus { name: "sotu", weight: 0.3, guarded: false },
    Corpus { name: "digitalgov_18f", weight: 0.8, guarded: false },
    Corpus { name: "frus_history", weight: 0.5, guarded: false },
];

/// Calls `each` with every document of a corpus.
pub fn read(dir: &Path, name: &str, each: &mut dyn FnMut(usize, Document)) -> Result<(), Box<dyn Error>> {
    if name.starts_with("news") {
        return read_articles(&dir.join(format!("{name}.jsonl")), each);
    }
    let (mut number, mut paragraph) = (0, String::new());
    let wrapped = name == "digitalgov_18f";
    let mut emit = |text: &mut String| {
        if !text.trim().is_empty() {
            each(number, Document { title: String::new(), paragraphs: vec![std::mem::take(text)] });
            number += 1;
        }
        text.clear();
    };
    for line in open(&dir.join(format!("{name}.txt")))?.lines() {
        let line = line?;
        let line = if name == "sotu" {
            line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',')
        } else {
            &line
        };
        let ends = !wrapped || line.trim().is_empty() || line.starts_with(['-', '#', '*', '=']);
        if ends {
            emit(&mut paragraph);
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line);
    }
    emit(&mut paragraph);
    Ok(())
}

fn read_articles(path: &Path, each: &mut dyn FnMut(usize, Document)) -> Result<(), Box<dyn Error>> {
    for (number, line) in open(path)?.lines().enumerate() {
        let value: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let paragraphs =
            text("text").split('\n').filter(|p| !p.trim().is_empty()).map(str::to_owned).collect();
        each(number, Document { title: text("title"), paragraphs });
    }
    Ok(())
}

/// Calls `each` with every line of a file of JSON lines.
pub fn read_values(path: &Path, each: &mut dyn FnMut(&Value)) -> Result<(), Box<dyn Error>> {
    for line in open(path)?.lines() {
        each(&serde_json::from_str(&line?)?);
    }
    Ok(())
}

/// A file, or the same file packed by xz.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, Box<dyn Error>> {
    if path.exists() {
        return Ok(Box::new(BufReader::with_capacity(1 << 20, File::open(path)?)));
    }
    let mut packed = path.as_os_str().to_owned();
    packed.push(".xz");
    let packed = Path::new(&packed);
    let packed = if packed.exists() {
        packed.to_owned()
    } else {
        in_folder(packed).ok_or_else(|| format!("no {}", path.display()))?
    };
    let child = Command::new("xz").arg("-dc").arg(&packed).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.ok_or("xz gave no output")?;
    Ok(Box::new(BufReader::with_capacity(1 << 20, out)))
}

/// The corpora stand in folders: text, words, cases.
fn in_folder(path: &Path) -> Option<std::path::PathBuf> {
    let (dir, name) = (path.parent()?, path.file_name()?);
    ["text", "words", "names", "cases"].iter().map(|folder| dir.join(folder).join(name)).find(|p| p.exists())
}

/// A whole file as text.
pub fn read_text(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text)?;
    Ok(text)
}
