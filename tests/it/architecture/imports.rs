//! Every path that a source text names, resolved to the crate's root.
//!
//! `syn` parses the text, so code behind `cfg` counts like any other. Macro bodies and attributes are only tokens to
//! `syn`; those are scanned for anything that reads like a path, string literals such as serde's
//! `with = "crate::…"` included.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// The first segment of a path that starts at the root of this crate.
pub const ROOT: &str = "crate";

/// A path that a source text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The line of the text, from 1.
    pub line: usize,
    /// Its segments; the first is [`ROOT`], or what the text begins with (`std`, `egui`, a local name).
    pub path: Vec<String>,
    /// What the text does with the path.
    pub kind: Kind,
}

/// What a text does with a path that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Uses the item.
    Plain,
    /// Makes the item available under this module's own name: `pub use`.
    Reexport,
    /// Takes everything below the path, or gives the path another name: `use a::*`, `use a as b`.
    Whole,
    /// Brings in source text from elsewhere, which no test reads: `include!`, `#[path = "…"]`.
    Hidden,
}

/// Lists every path of `source`, the text of the module at `module` (segments below the crate's root).
///
/// # Panics
/// When the text is not Rust; the tests read sources that compile.
pub fn imports(source: &str, module: &[&str]) -> Vec<Import> {
    let file = syn::parse_file(source).expect("the source is Rust");
    let mut reader = Reader {
        module: module.iter().map(|name| (*name).to_owned()).collect(),
        found: Vec::new(),
    };
    reader.visit_file(&file);
    reader.found
}

struct Reader {
    /// The module that the visitor is in, below the root.
    module: Vec<String>,
    found: Vec<Import>,
}

impl Reader {
    fn add(&mut self, span: Span, path: &[String], kind: Kind) {
        self.found.push(Import {
            line: span.start().line,
            path: self.resolve(path),
            kind,
        });
    }

    /// Rewrites `self`, `super` and the crate's own name to a path from the root.
    fn resolve(&self, path: &[String]) -> Vec<String> {
        let mut base: Vec<String> = self.module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate" | "jiping") => {
                base.clear();
                rest = &rest[1..];
            }
            Some("self") => rest = &rest[1..],
            Some("super") => {}
            _ => return path.to_vec(),
        }
        // `a::{self, b}` in a macro's tokens.
        if let Some((last, above)) = rest.split_last()
            && last == "self"
        {
            rest = above;
        }
        while let Some(("super", below)) = rest
            .split_first()
            .map(|(first, below)| (first.as_str(), below))
        {
            base.pop();
            rest = below;
        }
        let root = std::iter::once(ROOT.to_owned());
        root.chain(base).chain(rest.iter().cloned()).collect()
    }

    fn use_tree(&mut self, tree: &syn::UseTree, prefix: &[String], kind: Kind) {
        match tree {
            syn::UseTree::Path(path) => {
                self.use_tree(&path.tree, &below(prefix, &path.ident), kind);
            }
            syn::UseTree::Name(name) if name.ident == "self" => {
                self.add(name.ident.span(), prefix, kind)
            }
            syn::UseTree::Name(name) => {
                self.add(name.ident.span(), &below(prefix, &name.ident), kind)
            }
            syn::UseTree::Rename(rename) => {
                let path = if rename.ident == "self" && !prefix.is_empty() {
                    prefix.to_vec()
                } else {
                    below(prefix, &rename.ident)
                };
                self.whole(rename.ident.span(), &path, kind);
            }
            syn::UseTree::Glob(glob) => self.whole(glob.star_token.spans[0], prefix, kind),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(tree, prefix, kind);
                }
            }
        }
    }

    /// A re-export stays one beside being whole, so both are noted.
    fn whole(&mut self, span: Span, path: &[String], kind: Kind) {
        self.add(span, path, Kind::Whole);
        if kind == Kind::Reexport {
            self.add(span, path, kind);
        }
    }

    /// Finds what reads like a path among tokens.
    fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Ident(first) => self.scan_path(&tokens, at, &[], first.span()),
                TokenTree::Group(group) => {
                    self.scan(group.stream());
                    at + 1
                }
                TokenTree::Literal(literal) => {
                    self.scan_literal(literal);
                    at + 1
                }
                TokenTree::Punct(_) => at + 1,
            };
        }
    }

    /// Follows one path from the identifier at `at`; answers where the tokens go on after it.
    fn scan_path(
        &mut self,
        tokens: &[TokenTree],
        mut at: usize,
        prefix: &[String],
        span: Span,
    ) -> usize {
        let mut path = prefix.to_vec();
        while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
            path.push(name_of(ident));
            at += 1;
            if !is_separator(tokens, at) {
                let renamed =
                    matches!(tokens.get(at), Some(TokenTree::Ident(next)) if next == "as");
                self.add(span, &path, if renamed { Kind::Whole } else { Kind::Plain });
                return at;
            }
            at += 2;
        }
        match tokens.get(at) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for branch in inner
                    .split(|token| is_punct(token, ','))
                    .filter(|branch| !branch.is_empty())
                {
                    self.scan_path(branch, 0, &path, branch[0].span());
                }
                at + 1
            }
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => {
                self.add(span, &path, Kind::Whole);
                at + 1
            }
            // A turbofish, or a macro's variable: the path ends here, what follows is scanned by itself.
            _ => {
                self.add(span, &path, Kind::Plain);
                at
            }
        }
    }

    /// Reads a path written as a string, as derive macros take it.
    fn scan_literal(&mut self, literal: &proc_macro2::Literal) {
        let text = literal.to_string();
        let text = text.trim_matches('"');
        let names_crate = ["crate", "self", "super", "jiping", "std", "::"];
        if !text.contains("::") || !names_crate.iter().any(|start| text.starts_with(start)) {
            return;
        }
        if let Ok(path) = syn::parse_str::<syn::Path>(text) {
            self.add(literal.span(), &segments(&path), Kind::Plain);
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(name_of(&item.ident));
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for attribute in &item.attrs {
            self.visit_attribute(attribute);
        }
        let kind = match item.vis {
            syn::Visibility::Inherited => Kind::Plain,
            _ => Kind::Reexport,
        };
        self.use_tree(&item.tree, &[], kind);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let name = if item.ident == "self" {
            ROOT.to_owned()
        } else {
            name_of(&item.ident)
        };
        self.add(item.ident.span(), &[name], Kind::Whole);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.add(first.ident.span(), &segments(path), Kind::Plain);
        }
        visit::visit_path(self, path);
    }

    // `pub(in crate::a)` can only name a module that this text already lies in.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        match &attribute.meta {
            syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => {}
            syn::Meta::NameValue(pair) if pair.path.is_ident("path") => {
                self.add(pair.eq_token.spans[0], &["path".to_owned()], Kind::Hidden);
            }
            _ => visit::visit_attribute(self, attribute),
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        if mac
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "include")
        {
            self.add(
                mac.bang_token.spans[0],
                &["include".to_owned()],
                Kind::Hidden,
            );
        }
        visit::visit_macro(self, mac);
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        self.scan(tokens.clone());
    }
}

fn below(prefix: &[String], ident: &proc_macro2::Ident) -> Vec<String> {
    let mut path = prefix.to_vec();
    path.push(name_of(ident));
    path
}

fn segments(path: &syn::Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|segment| name_of(&segment.ident))
        .collect()
}

/// The name without the `r#` that a keyword needs.
fn name_of(ident: &proc_macro2::Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| tokens.get(at).is_some_and(|token| is_punct(token, ':'));
    colon(at) && colon(at + 1)
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}
