//! Words: which are known, how frequent they are, what stands near them; the language model.
