//! YAML and TOML front matter: which bytes it takes, and its fields that hold prose.
