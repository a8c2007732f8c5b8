//! Builds `data/lexicon.bin` from the word lists and the training corpora.
//!
//! Invariant: the same corpora give the same bytes.

use crate::corpora;
use crate::counts::{self, Counts, Usage};
use copydesk::lexicon::entry::{Article, Entry, Flags, Regions, Size};
use copydesk::lexicon::fold::Key;
use copydesk::lexicon::graph::{Edge, Node, band_of, bit_of};
use copydesk::lexicon::{MAGIC, SECTIONS, table};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::Path;

type Words = BTreeMap<String, Entry>;

/// Writes the lexicon made of the corpora under `root` to `to`; `report`, if given, takes a list of the words that
/// only the training text knows, for a person to read.
pub fn build(root: &Path, to: &Path, report: Option<&Path>) -> io::Result<()> {
    let counts = counts::count(root)?;
    let mut words = Words::new();
    read_scowl(root, &mut words)?;
    let pairs = dialect_pairs(&words, &counts);
    read_census(root, &mut words)?;
    read_cities(root, &mut words)?;
    let new = new_words(&counts, &words);
    for (word, entry) in &new {
        words.insert(word.clone(), *entry);
    }
    for (word, entry) in &mut words {
        if let Some(usage) = counts.get(word.as_str()) {
            learn(entry, usage, word);
        }
    }
    if let Some(path) = report {
        std::fs::write(path, listing(&new, &counts))?;
    }
    let sections = sections(&words, &pairs);
    let mut bytes = MAGIC.to_vec();
    for section in &sections {
        bytes.extend((section.len() as u32).to_le_bytes());
    }
    for section in &sections {
        bytes.extend(section);
    }
    if let Some(path) = report {
        let listed: Vec<String> = pairs.iter().map(|(b, a)| format!("{b} {a}\n")).collect();
        std::fs::write(path.with_extension("pairs"), listed.concat())?;
    }
    let lengths: Vec<usize> = sections.iter().map(Vec::len).collect();
    println!("{} words, {} bytes, sections {lengths:?}", words.len(), bytes.len());
    std::fs::write(to, bytes)
}

fn read_scowl(root: &Path, words: &mut Words) -> io::Result<()> {
    for line in corpora::lines(root, "words/scowl.tsv")?.skip(1) {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let [word, region, category, size] = fields[..] else { continue };
        let word = unmangled(word);
        if word.ends_with("'s") || word.chars().count() < 2 && !matches!(&*word, "a" | "I" | "A" | "O") {
            continue;
        }
        let Some(key) = Key::new(&word) else { continue };
        let size = match size.parse().unwrap_or(95) {
            0..=35 => Size::Small,
            36..=50 => Size::Medium,
            51..=60 => Size::Known,
            61..=70 => Size::Large,
            71..=80 => Size::Rare,
            _ => Size::Odd,
        };
        let is_new = !words.contains_key(key.as_str());
        let entry = words.entry(key.as_str().to_owned()).or_default();
        let (regions, is_variant) = regions(region);
        let shape = shape_flag(&word);
        // The easiest level at which the word is written in lower case decides; a capitalised form is easier to know only
        // if there is no lower-case one.
        let is_lower = shape == Flags::LOWER;
        let was_lower = entry.flags.has(Flags::LOWER);
        if is_new || is_lower && !was_lower || is_lower == was_lower && size < entry.size {
            entry.size = size;
        }
        let was_variant = entry.flags.has(Flags::VARIANT);
        entry.flags = entry.flags.with(shape);
        if category == "abbreviations" {
            entry.flags = entry.flags.with(Flags::ABBREVIATION);
        }
        if is_variant && (is_new || was_variant) {
            entry.flags = entry.flags.with(Flags::VARIANT);
        } else {
            entry.flags.0 &= !Flags::VARIANT.0;
        }
        // A name ("Gray") has no dialect, and must not hide that of the word.
        if is_lower && !was_lower {
            entry.regions = Regions(0);
        }
        if !is_variant && (is_lower || !was_lower) {
            entry.regions = entry.regions.with(regions);
        }
    }
    Ok(())
}

/// Some lines of the list were encoded twice: "ardÃ¨che" for "ardèche".
fn unmangled(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let single: Option<Vec<u8>> = word.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    single.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| word.to_owned())
}

fn regions(region: &str) -> (Regions, bool) {
    match region {
        "english" => (Regions::ALL, false),
        "american" => (Regions::AMERICAN, false),
        "british" => (Regions::BRITISH, false),
        "british_z" => (Regions::OXFORD, false),
        "canadian" => (Regions::CANADIAN, false),
        "australian" => (Regions::AUSTRALIAN, false),
        _ => (Regions(0), true),
    }
}

fn shape_flag(word: &str) -> Flags {
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    let lower = word.chars().filter(|c| c.is_lowercase()).count();
    match (upper, lower) {
        (0, _) => Flags::LOWER,
        (2.., 0) => Flags::UPPER,
        // NGOs, PhD
        (2.., 1) => Flags::UPPER,
        _ => Flags::TITLE,
    }
}

fn read_census(root: &Path, words: &mut Words) -> io::Result<()> {
    for line in corpora::lines(root, "names/us-census-names.tsv")?.skip(1) {
        let line = line?;
        let mut fields = line.split('\t');
        let (Some(name), Some(kind)) = (fields.next(), fields.next()) else { continue };
        let Some(key) = Key::new(name) else { continue };
        let flag = if kind == "surname" { Flags::SURNAME } else { Flags::GIVEN_NAME };
        let entry = words.entry(key.as_str().to_owned()).or_default();
        entry.flags = entry.flags.with(flag).with(Flags::TITLE);
    }
    Ok(())
}

fn read_cities(root: &Path, words: &mut Words) -> io::Result<()> {
    for line in corpora::lines(root, "names/cities.tsv")?.skip(1) {
        let line = line?;
        let name = line.split('\t').next().unwrap_or_default();
        for part in name.split([' ', '-', '(', ')', ',', '/']) {
            let Some(key) = Key::new(part) else { continue };
            if !part.chars().next().is_some_and(char::is_uppercase) || part.chars().count() < 3 {
                continue;
            }
            let entry = words.entry(key.as_str().to_owned()).or_default();
            entry.flags = entry.flags.with(Flags::PLACE).with(Flags::TITLE);
        }
    }
    Ok(())
}

/// Words that no list holds and that many articles use alike: covid, tweeted, Kavanaugh.
fn new_words(counts: &Counts, words: &Words) -> Words {
    let mut new = Words::new();
    for (word, usage) in counts {
        let known = words.get(word.as_ref());
        let flags = known.map_or(Flags::default(), |entry| entry.flags);
        let mut entry = known.copied().unwrap_or_default();
        let is_rare = known.is_some_and(|entry| entry.size >= Size::Rare);
        if (!flags.has(Flags::LOWER) || is_rare) && is_new_word(word, usage, counts, words) {
            entry.flags = entry.flags.with(Flags::LOWER);
            entry.size = Size::Text;
        }
        if !flags.has(Flags::TITLE) && !flags.has(Flags::UPPER) && is_new_name(word, usage) {
            let flag = if usage.upper > usage.title { Flags::UPPER } else { Flags::TITLE };
            entry.flags = entry.flags.with(flag);
        }
        if entry.flags != flags || known.is_some_and(|known| known.size != entry.size) {
            new.insert(word.to_string(), entry);
        }
    }
    new
}

/// Capitalised inside sentences in three articles or more, and not a common word in a heading.
fn is_new_name(word: &str, usage: &Usage) -> bool {
    let capital = usage.title + usage.upper;
    usage.title_articles >= 3 && capital >= 3.0 && capital > 0.3 * usage.lower && word.len() >= 2
}

/// In lower case in many articles of several publishers (or often in the edited books), and too often to be a slip for
/// a more frequent neighbour.
fn is_new_word(word: &str, usage: &Usage, counts: &Counts, words: &Words) -> bool {
    let letters = word.len();
    let spread = usage.lower_articles >= 5 && usage.sources >= 4 || usage.free >= 12.0;
    let is_common_noun = usage.lower >= 0.4 * (usage.title + usage.upper);
    if !spread || letters < 4 || word.contains('\'') || !is_common_noun {
        return false;
    }
    // Better known with a hyphen ("long-term"), or a contraction without its apostrophe ("isnt").
    if usage.parted as f32 > 2.0 * usage.free || is_contraction(word, words) {
        return false;
    }
    let mut rival: f32 = 0.0;
    neighbours(word, &mut |other| {
        let trusted =
            words.get(other).is_some_and(|entry| entry.size <= Size::Known && entry.size != Size::Text);
        if let (true, Some(usage)) = (trusted, counts.get(other)) {
            rival = rival.max(usage.lower.max(usage.title));
        }
    });
    let share = if letters <= 5 { 0.05 } else { 0.02 };
    usage.lower > share * rival && !is_two_words(word, usage, counts, words)
}

fn is_contraction(word: &str, words: &Words) -> bool {
    ["n't", "'ve", "'re", "'ll"].iter().any(|ending| {
        let bare = ending.replace('\'', "");
        word.strip_suffix(&bare).is_some_and(|stem| words.contains_key(&format!("{stem}{ending}")))
    })
}

/// Two very common words run together: "ofthe".
fn is_two_words(word: &str, usage: &Usage, counts: &Counts, words: &Words) -> bool {
    (1..word.len()).any(|at| {
        let (left, right) = word.split_at(at);
        let count = |part: &str| {
            let known = words.get(part).is_some_and(|e| e.size <= Size::Known && e.size != Size::Text);
            counts.get(part).filter(|_| known).map_or(0.0, |usage| usage.lower)
        };
        let common = count(left).min(count(right));
        common > 60_000.0 || common > 20_000.0 && usage.lower < 60.0
    })
}

/// All strings that are one slip away.
fn neighbours(word: &str, each: &mut dyn FnMut(&str)) {
    let bytes = word.as_bytes();
    let mut other = Vec::with_capacity(bytes.len() + 1);
    let mut give = |other: &[u8]| each(str::from_utf8(other).unwrap_or_default());
    for at in 0..=bytes.len() {
        for letter in b'a'..=b'z' {
            other.clear();
            other.extend(&bytes[..at]);
            other.push(letter);
            other.extend(&bytes[at..]);
            give(&other);
            if at < bytes.len() && letter != bytes[at] {
                other.remove(at + 1);
                give(&other);
            }
        }
        if at < bytes.len() {
            other.clear();
            other.extend(&bytes[..at]);
            other.extend(&bytes[at + 1..]);
            give(&other);
        }
        if at + 1 < bytes.len() && bytes[at] != bytes[at + 1] {
            other.clear();
            other.extend(bytes);
            other.swap(at, at + 1);
            give(&other);
        }
    }
}

/// Puts what the counts say of a word into its entry.
fn learn(entry: &mut Entry, usage: &Usage, word: &str) {
    entry.lower = quantised(usage.lower);
    entry.title = quantised(usage.title + usage.upper);
    let total = usage.after_a + usage.after_an;
    if total < 12 {
        return;
    }
    let by_letter_an = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    let share_of_an = f64::from(usage.after_an) / f64::from(total);
    entry.article = match share_of_an {
        s if s > 0.9 && !by_letter_an => Article::An,
        s if s < 0.1 && by_letter_an => Article::A,
        s if (0.1..=0.9).contains(&s) => Article::Either,
        _ => Article::ByLetter,
    };
}

/// `4 · log2(1 + occurrences)`.
fn quantised(occurrences: f32) -> u8 {
    (4.0 * (1.0 + occurrences).log2()).round() as u8
}

fn listing(new: &Words, counts: &Counts) -> String {
    let mut lines: Vec<(u32, String)> = new
        .iter()
        .map(|(word, entry)| {
            let usage = &counts[word.as_str()];
            let line = format!(
                "{word}\t{:?}\tlower {} in {} of {}\ttitle {} upper {} in {}",
                entry.flags.0,
                usage.lower,
                usage.lower_articles,
                usage.sources,
                usage.title,
                usage.upper,
                usage.title_articles
            );
            (usage.lower as u32, line)
        })
        .collect();
    lines.sort_by(|a, b| b.cmp(a));
    lines.into_iter().map(|(_, line)| line + "\n").collect()
}

/// British words and their American spellings: those that differ by what the two are known to differ by, the
/// one in no American dictionary and the other in no British one. A British form that American news uses as well
/// ("cancelled", "theatre") tells nothing.
fn dialect_pairs(words: &Words, counts: &Counts) -> Vec<(String, String)> {
    /// British, American.
    const DIFFERENCES: &[(&str, &str)] = &[
        ("our", "or"),
        ("tre", "ter"),
        ("bre", "ber"),
        ("gre", "ger"),
        ("vre", "ver"),
        ("chre", "cher"),
        ("tred", "tered"),
        ("ise", "ize"),
        ("isa", "iza"),
        ("isi", "izi"),
        ("yse", "yze"),
        ("ysi", "yzi"),
        ("ogue", "og"),
        ("ogui", "ogi"),
        ("lle", "le"),
        ("lli", "li"),
        ("llo", "lo"),
        ("ppe", "pe"),
        ("ppi", "pi"),
        ("l", "ll"),
        ("ae", "e"),
        ("oe", "e"),
        ("oeu", "eu"),
        ("ence", "ense"),
        ("mme", "m"),
        ("ey", "ay"),
        ("ou", "o"),
        ("y", "i"),
        ("ph", "f"),
        ("dge", "dg"),
        ("ou", "oo"),
        ("ough", "ow"),
        ("que", "k"),
        ("ium", "um"),
        ("sc", "sk"),
        ("c", "k"),
        ("eu", "u"),
        ("ette", "et"),
        ("yj", "aj"),
        ("oeuvre", "euver"),
        ("oeuvri", "euveri"),
        ("eller", "el"),
        ("mous", "mus"),
        ("os", "oz"),
        ("tef", "tif"),
        ("eing", "ing"),
    ];
    let is_known = |e: &Entry| e.size <= Size::Known && e.flags.has(Flags::LOWER);
    let is_british = |e: &Entry| {
        is_known(e)
            && !e.flags.has(Flags::VARIANT)
            && e.regions.has(Regions::BRITISH)
            && !e.regions.has(Regions::AMERICAN)
    };
    let is_american =
        |e: &Entry| is_known(e) && e.regions.has(Regions::AMERICAN) && !e.regions.has(Regions::BRITISH);
    let mut pairs = Vec::new();
    for (british, entry) in words {
        if !is_british(entry) {
            continue;
        }
        let american = DIFFERENCES.iter().find_map(|(from, to)| {
            british.match_indices(from).find_map(|(at, _)| {
                // A Latin plural ("patinae") or an English one ("mottoes") is no other spelling.
                let rest = &british[at + from.len()..];
                if matches!(*from, "ae" | "oe") && matches!(rest, "" | "s" | "d") {
                    return None;
                }
                let other = format!("{}{to}{}", &british[..at], &british[at + from.len()..]);
                words.get(&other).filter(|entry| is_american(entry)).map(|_| other)
            })
        });
        let articles = |word: &str| counts.get(word).map_or(0, |usage| usage.lower_articles);
        pairs.extend(
            american
                .filter(|american| 4 * articles(british) <= articles(american).max(8))
                .map(|american| (british.clone(), american)),
        );
    }
    pairs
}

/// The sections of the file, in the order in which the program reads them.
fn sections(words: &Words, pairs: &[(String, String)]) -> [Vec<u8>; SECTIONS] {
    let [seeds, slots, records] = hash_table(words);
    let suggested: Vec<(&str, u8)> = words
        .iter()
        .filter(|(word, entry)| is_suggested(word, entry))
        .map(|(word, entry)| (word.as_str(), band_of(entry.frequency())))
        .collect();
    println!("{} words worth suggesting", suggested.len());
    let cells = graph(&suggested);
    let british = lines(pairs.iter().map(|(b, a)| (b.as_str(), a.as_str())));
    let american = lines(pairs.iter().map(|(b, a)| (a.as_str(), b.as_str())));
    [seeds, slots, records, cells, british, american]
}

/// Words that a writer can have meant.
fn is_suggested(word: &str, entry: &Entry) -> bool {
    let frequency = entry.frequency();
    match entry.size {
        Size::Small | Size::Medium => true,
        Size::Known => true,
        Size::Large => frequency >= 8,
        Size::Rare => frequency >= 20,
        Size::Odd => frequency >= 28,
        Size::Text => frequency >= 14 && word.len() >= 3,
    }
}

fn lines<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let sorted: BTreeMap<&str, &str> = pairs.collect();
    let lines: Vec<String> = sorted.iter().map(|(key, other)| format!("{key}\t{other}")).collect();
    lines.join("\n").into_bytes()
}

fn hash_table(words: &Words) -> [Vec<u8>; 3] {
    let mut records: Vec<u32> = words.values().map(|entry| entry.pack()).collect();
    records.sort_unstable();
    records.dedup();
    let number: HashMap<u32, u16> = records.iter().enumerate().map(|(i, &r)| (r, i as u16)).collect();
    assert!(records.len() <= 1 << 16, "{} distinct entries do not fit 16 bits", records.len());
    let buckets = words.len() / 4 + 1;
    let slots = words.len() * 100 / 97 + 1;
    let mut members: Vec<Vec<(u64, u16)>> = vec![Vec::new(); buckets];
    let mut hashes = HashSet::new();
    for (word, entry) in words {
        let Some(key) = Key::new(word) else { continue };
        if hashes.insert(key.hash()) {
            members[table::bucket(key.hash(), buckets)].push((key.hash(), number[&entry.pack()]));
        }
    }
    let mut order: Vec<usize> = (0..buckets).collect();
    order.sort_by_key(|&bucket| (std::cmp::Reverse(members[bucket].len()), bucket));
    let mut held = vec![0u32; slots];
    let mut taken = vec![false; slots];
    let mut seeds = vec![0u16; buckets];
    for bucket in order {
        let (seed, places) = (0..=u16::MAX)
            .find_map(|seed| Some((seed, places(&members[bucket], seed, &taken)?)))
            .expect("with 3 % of the slots free, some seed of 65,536 fits");
        seeds[bucket] = seed;
        for (&(hash, record), place) in members[bucket].iter().zip(places) {
            taken[place] = true;
            held[place] = u32::from(table::fingerprint(hash)) | u32::from(record) << 16;
        }
    }
    println!("{} distinct entries", records.len());
    [
        seeds.iter().flat_map(|seed| seed.to_le_bytes()).collect(),
        held.iter().flat_map(|slot| slot.to_le_bytes()).collect(),
        records.iter().flat_map(|record| record.to_le_bytes()).collect(),
    ]
}

/// Where the members of a bucket go under a seed, if all find a free slot of their own.
fn places(members: &[(u64, u16)], seed: u16, taken: &[bool]) -> Option<Vec<usize>> {
    let mut places = Vec::with_capacity(members.len());
    for &(hash, _) in members {
        let place = table::slot(hash, seed, taken.len());
        if taken[place] || places.contains(&place) {
            return None;
        }
        places.push(place);
    }
    Some(places)
}

/// The minimal acyclic automaton of sorted words with their bands.
fn graph(words: &[(&str, u8)]) -> Vec<u8> {
    // The root's cells are kept free, so that a walk begins at cell 1.
    let mut builder = GraphBuilder { cells: vec![0; 2 + first_letters(words)], known: HashMap::new() };
    let root = builder.node(words, 0);
    builder.cells[1..=root.len()].copy_from_slice(&root);
    builder.cells.iter().flat_map(|cell| cell.to_le_bytes()).collect()
}

struct GraphBuilder {
    cells: Vec<u32>,
    /// Nodes that are placed already, and where.
    known: HashMap<Vec<u32>, Node>,
}

impl GraphBuilder {
    /// The cells of the node for words that share their first `depth` letters; those of that very length have ended
    /// before.
    fn node(&mut self, words: &[(&str, u8)], depth: usize) -> Vec<u32> {
        let words =
            if words.first().is_some_and(|(word, _)| word.len() == depth) { &words[1..] } else { words };
        let mut cells = vec![0];
        let mut rest = words;
        while let Some((first, _)) = rest.first() {
            let letter = first.as_bytes()[depth];
            let count = rest.iter().take_while(|(word, _)| word.as_bytes()[depth] == letter).count();
            let (group, after) = rest.split_at(count);
            let below = self.node(group, depth + 1);
            let target = self.place(below);
            let band = group.iter().map(|(_, band)| *band).max().unwrap_or(0);
            cells[0] |= 1 << bit_of(letter);
            cells.push(Edge::new(first.len() == depth + 1, band, target).0);
            rest = after;
        }
        cells
    }

    fn place(&mut self, cells: Vec<u32>) -> Node {
        if cells == [0] {
            return Node(0);
        }
        if let Some(&node) = self.known.get(&cells) {
            return node;
        }
        let node = Node(self.cells.len() as u32);
        self.cells.extend(&cells);
        self.known.insert(cells, node);
        node
    }
}

/// How many letters words begin with.
fn first_letters(words: &[(&str, u8)]) -> usize {
    let mut letters: Vec<u8> = words.iter().filter_map(|(word, _)| word.bytes().next()).collect();
    letters.dedup();
    letters.len()
}
