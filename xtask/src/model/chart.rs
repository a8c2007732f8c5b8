//! Draws how much is found against how often clean text is marked, as SVG.

use std::fmt::Write;

/// A line of the chart: its name and colour, and (false alarms per million words, share found) in rising order.
pub struct Line {
    pub name: &'static str,
    pub colour: &'static str,
    pub points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 20.0;
const RIGHT: f64 = 120.0;
const BOTTOM: f64 = 50.0;

/// The chart; alarms from 10 to 1,000 per million words on a logarithmic scale.
pub fn svg(lines: &[Line]) -> String {
    let x = |alarms: f64| LEFT + (alarms.log10() - 1.0) / 2.0 * (WIDTH - LEFT - RIGHT);
    let y = |share: f64| TOP + (1.0 - share) * (HEIGHT - TOP - BOTTOM);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>Slips found, by false alarms per million words of clean news</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    let mut put = |line: String| {
        out.push_str(&line);
        out.push('\n');
    };
    for share in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        let at = y(share);
        put(format!("<path d=\"M{LEFT} {at:.1}H{:.1}\" stroke=\"#ddd\"/>", WIDTH - RIGHT));
        put(format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{share:.1}</text>",
            LEFT - 8.0,
            at + 4.0
        ));
    }
    for alarms in [10.0, 30.0, 100.0, 250.0, 1000.0] {
        let at = x(alarms);
        put(format!("<path d=\"M{at:.1} {TOP}V{:.1}\" stroke=\"#ddd\"/>", HEIGHT - BOTTOM));
        put(format!(
            "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{alarms}</text>",
            HEIGHT - BOTTOM + 18.0
        ));
    }
    put(format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">findings per million words of clean news</text>",
        (LEFT + WIDTH - RIGHT) / 2.0,
        HEIGHT - 12.0
    ));
    for line in lines {
        let mut path = String::new();
        for (k, &(alarms, share)) in line.points.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = write!(path, "{}{:.1} {:.1}", if k == 0 { "M" } else { "L" }, x(alarms), y(share));
        }
        put(format!("<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>", line.colour));
        if let Some(&(alarms, share)) = line.points.last() {
            put(format!(
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{}\">{}</text>",
                x(alarms) + 6.0,
                y(share) + 4.0,
                line.colour,
                line.name
            ));
        }
    }
    out.push_str("</svg>\n");
    out
}
