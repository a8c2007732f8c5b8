//! Grows the trees: histograms of gradients, level by level, the same bytes every time.

use copydesk::lexicon::model::trees::{DEPTH, LEAVES, NODES, Tree};

/// Examples to learn from; features a row, one byte each.
pub struct Examples {
    pub features: usize,
    /// Column after column.
    pub columns: Vec<Vec<u8>>,
    pub labels: Vec<bool>,
    pub weights: Vec<f32>,
}

pub struct Settings {
    pub trees: usize,
    pub rate: f32,
    /// Smallest sum of second derivatives in a leaf.
    pub least: f32,
    /// Smallest number of examples in a leaf.
    pub examples: u32,
    pub ridge: f32,
}

#[derive(Clone, Copy, Default)]
struct Bin {
    gradient: f32,
    hessian: f32,
    count: u32,
}

/// Base log odds and trees.
pub fn grow(examples: &Examples, settings: &Settings) -> (f32, Vec<Tree>) {
    let n = examples.labels.len();
    let (mut positive, mut all) = (0.0f64, 0.0f64);
    for (&label, &weight) in examples.labels.iter().zip(&examples.weights) {
        all += f64::from(weight);
        positive += if label { f64::from(weight) } else { 0.0 };
    }
    let base = ((positive / (all - positive)) as f32).ln();
    let mut scores = vec![base; n];
    let mut trees = Vec::new();
    let mut gradients = vec![(0.0f32, 0.0f32); n];
    for number in 0..settings.trees {
        let mut loss = 0.0f64;
        for i in 0..n {
            let p = 1.0 / (1.0 + (-scores[i]).exp());
            let y = if examples.labels[i] { 1.0 } else { 0.0 };
            let w = examples.weights[i];
            // Clean text is not faultless: what looks like a fault for certain is not held against the trees.
            let w = if y == 0.0 && scores[i] > 2.5 { 0.15 * w } else { w };
            gradients[i] = (w * (p - y), w * p * (1.0 - p));
            if number % 50 == 0 {
                loss -=
                    f64::from(w) * f64::from(if examples.labels[i] { p } else { 1.0 - p }).max(1e-12).ln();
            }
        }
        if number % 50 == 0 {
            eprintln!("tree {number}: loss {:.6}", loss / all);
        }
        let tree = grow_one(examples, &gradients, settings, number);
        for (i, score) in scores.iter_mut().enumerate() {
            *score += tree.leaves[leaf(examples, &tree, i)];
        }
        trees.push(tree);
    }
    (base, trees)
}

fn grow_one(examples: &Examples, gradients: &[(f32, f32)], settings: &Settings, number: usize) -> Tree {
    let n = gradients.len();
    let mut tree = Tree { nodes: [(0, 255); NODES], leaves: [0.0; LEAVES] };
    // Rows in the order of their nodes; `bounds` are the nodes' ranges.
    let mut order: Vec<u32> = (0..n as u32).filter(|&row| drawn(number, row)).collect();
    let n = order.len();
    let mut scratch: Vec<u32> = vec![0; n];
    let mut bounds = vec![0usize, n];
    let mut previous: Vec<Vec<Bin>> = Vec::new();
    let used: Vec<bool> = (0..examples.features).map(|f| sampled(number, f)).collect();
    for level in 0..DEPTH {
        let nodes = 1 << level;
        // Histograms: the smaller child is summed up, the other is what is left of the parent.
        let histograms = histograms(examples, gradients, &order, &bounds, &previous, &used);
        let mut next_bounds = vec![0usize];
        for node in 0..nodes {
            let (from, to) = (bounds[node], bounds[node + 1]);
            let split = best_split(&histograms[node], examples.features, settings, &used);
            let (feature, threshold) = split.unwrap_or((0, 255));
            tree.nodes[nodes - 1 + node] = (feature as u8, threshold);
            let column = &examples.columns[feature];
            let (mut left, mut right) = (from, 0);
            for k in from..to {
                let row = order[k];
                if column[row as usize] > threshold {
                    scratch[right] = row;
                    right += 1;
                } else {
                    order[left] = row;
                    left += 1;
                }
            }
            order[left..to].copy_from_slice(&scratch[..right]);
            next_bounds.push(left);
            next_bounds.push(to);
        }
        bounds = next_bounds;
        previous = histograms;
    }
    for leaf in 0..LEAVES {
        let rows = &order[bounds[leaf]..bounds[leaf + 1]];
        let (mut g, mut h) = (0.0f64, 0.0f64);
        for &row in rows {
            g += f64::from(gradients[row as usize].0);
            h += f64::from(gradients[row as usize].1);
        }
        tree.leaves[leaf] = (-g / (h + f64::from(settings.ridge)) * f64::from(settings.rate)) as f32;
    }
    tree
}

/// The leaf that a row comes to.
fn leaf(examples: &Examples, tree: &Tree, row: usize) -> usize {
    let mut node = 0;
    for _ in 0..DEPTH {
        let (feature, threshold) = tree.nodes[node];
        node = node * 2 + 1 + usize::from(examples.columns[feature as usize][row] > threshold);
    }
    node - NODES
}

/// A third of the rows take part in a tree, chosen by a fixed hash.
fn drawn(tree: usize, row: u32) -> bool {
    let h = (tree as u64 * 0x1_0000_0001 + u64::from(row)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((h ^ (h >> 32)).wrapping_mul(0xFF51_AFD7_ED55_8CCD) >> 40).is_multiple_of(3)
}

/// Four of five features take part in a tree, chosen by a fixed hash.
fn sampled(tree: usize, feature: usize) -> bool {
    let h = ((tree * 131 + feature) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (h >> 33) % 10 < 7
}

type Histogram = Vec<Bin>;

fn histograms(
    examples: &Examples,
    gradients: &[(f32, f32)],
    order: &[u32],
    bounds: &[usize],
    previous: &[Histogram],
    used: &[bool],
) -> Vec<Histogram> {
    let nodes = bounds.len() - 1;
    let f = examples.features;
    let mut out: Vec<Histogram> = vec![vec![Bin::default(); f * 256]; nodes];
    let summed: Vec<bool> = (0..nodes)
        .map(|node| {
            if previous.is_empty() {
                return true;
            }
            let sibling = node ^ 1;
            let size = |k: usize| bounds[k + 1] - bounds[k];
            size(node) < size(sibling) || (size(node) == size(sibling) && node < sibling)
        })
        .collect();
    // Columns are shared out between two threads; each writes its own part, so the sums do not depend on timing.
    let halves: Vec<Vec<(usize, usize, Vec<Bin>)>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..2)
            .map(|half| {
                let summed = &summed;
                scope.spawn(move || {
                    let mut parts = Vec::new();
                    for feature in (0..f).filter(|&x| x % 2 == half && used[x]) {
                        let column = &examples.columns[feature];
                        for node in (0..nodes).filter(|&node| summed[node]) {
                            let mut bins = vec![Bin::default(); 256];
                            for &row in &order[bounds[node]..bounds[node + 1]] {
                                let (g, h) = gradients[row as usize];
                                let bin = &mut bins[usize::from(column[row as usize])];
                                bin.gradient += g;
                                bin.hessian += h;
                                bin.count += 1;
                            }
                            parts.push((node, feature, bins));
                        }
                    }
                    parts
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    for (node, feature, bins) in halves.into_iter().flatten() {
        out[node][feature * 256..(feature + 1) * 256].copy_from_slice(&bins);
    }
    for node in (0..nodes).filter(|&node| !summed[node]) {
        let parent = &previous[node / 2];
        let sibling = out[node ^ 1].clone();
        for (k, bin) in out[node].iter_mut().enumerate() {
            bin.gradient = parent[k].gradient - sibling[k].gradient;
            bin.hessian = parent[k].hessian - sibling[k].hessian;
            bin.count = parent[k].count - sibling[k].count;
        }
    }
    out
}

fn best_split(histogram: &[Bin], features: usize, settings: &Settings, used: &[bool]) -> Option<(usize, u8)> {
    let mut best: Option<(f64, usize, u8)> = None;
    for feature in (0..features).filter(|&x| used[x]) {
        let bins = &histogram[feature * 256..(feature + 1) * 256];
        let (mut g, mut h, mut c) = (0.0f64, 0.0f64, 0u32);
        for bin in bins {
            g += f64::from(bin.gradient);
            h += f64::from(bin.hessian);
            c += bin.count;
        }
        let ridge = f64::from(settings.ridge);
        let parent = g * g / (h + ridge);
        let (mut lg, mut lh, mut lc) = (0.0f64, 0.0f64, 0u32);
        for (k, bin) in bins.iter().enumerate().take(255) {
            if bin.count == 0 {
                continue;
            }
            lg += f64::from(bin.gradient);
            lh += f64::from(bin.hessian);
            lc += bin.count;
            let (rg, rh, rc) = (g - lg, h - lh, c - lc);
            if lc < settings.examples
                || rc < settings.examples
                || lh < f64::from(settings.least)
                || rh < f64::from(settings.least)
            {
                continue;
            }
            let gain = lg * lg / (lh + ridge) + rg * rg / (rh + ridge) - parent;
            if gain > 1e-6 && best.is_none_or(|(old, _, _)| gain > old) {
                best = Some((gain, feature, k as u8));
            }
        }
    }
    best.map(|(_, feature, threshold)| (feature, threshold))
}
