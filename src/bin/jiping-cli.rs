//! The command line of Jiping.

fn main() {}
