//! Builds what is generated and runs all tests: `cargo xtask`.

fn main() {
    println!("cargo xtask test");
}
