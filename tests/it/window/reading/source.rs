//! What the source says: its dialogs, its errors, and every Chinese text with the function it stands in.

use std::{collections::BTreeMap, fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A file of `src` and what stands in it.
pub struct Source {
    /// Below the project's folder.
    pub file: String,
    /// The types that implement `Dialog`.
    pub dialogs: Vec<String>,
    /// The types with `#[error]`, and their variants; a struct is its own only variant.
    pub errors: Vec<ErrorType>,
    /// Chinese texts by function, in their order.
    pub functions: Vec<Function>,
}

/// A type that derives `thiserror::Error`.
pub struct ErrorType {
    pub name: String,
    /// Each with the text of its `#[error]`.
    pub variants: Vec<(String, String)>,
}

/// A function with Chinese texts.
pub struct Function {
    /// With the type it belongs to.
    pub name: String,
    pub texts: Vec<String>,
    /// Whether it says something in passing or in a message.
    pub speaks: bool,
}

/// All files of `src`, in order.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut found = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).expect("below the root");
                let name = name.to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.insert(name, text);
            }
        }
    }
    let read = |(file, text): (String, String)| read(file, &text);
    found.into_iter().map(read).collect()
}

fn read(file: String, text: &str) -> Source {
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut reader = Reader {
        source: Source {
            file,
            dialogs: Vec::new(),
            errors: Vec::new(),
            functions: Vec::new(),
        },
        owner: String::new(),
        open: Vec::new(),
    };
    reader.begin("");
    reader.visit_file(&parsed);
    reader.end();
    reader.source
}

struct Reader {
    source: Source,
    /// The type whose `impl` is open.
    owner: String,
    open: Vec<Function>,
}

impl Reader {
    fn begin(&mut self, name: &str) {
        let name = match (self.owner.as_str(), name) {
            (_, "") | ("", _) => name.to_owned(),
            (owner, name) => format!("{owner}::{name}"),
        };
        self.open.push(Function {
            name,
            texts: Vec::new(),
            speaks: false,
        });
    }

    fn end(&mut self) {
        let done = self.open.pop();
        self.source
            .functions
            .extend(done.filter(|function| !function.texts.is_empty()));
    }

    fn add(&mut self, text: String) {
        if is_chinese(&text)
            && let Some(function) = self.open.last_mut()
        {
            function.texts.push(text);
        }
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut is_attribute = false;
        for token in tokens {
            let after_hash = is_attribute;
            is_attribute = matches!(&token, TokenTree::Punct(sign) if sign.as_char() == '#');
            match token {
                // Comments among the tokens of a macro.
                TokenTree::Group(_) if after_hash => {}
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        self.add(text.value());
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }

    fn speaks(&mut self) {
        if let Some(function) = self.open.last_mut() {
            function.speaks = true;
        }
    }

    fn add_error(&mut self, name: &syn::Ident, variants: Vec<(String, String)>) {
        let name = name.to_string();
        self.source.errors.push(ErrorType { name, variants });
    }
}

/// The text of `#[error("…")]`; empty where it hands the words of its source on.
fn template(attributes: &[syn::Attribute]) -> Option<String> {
    let attribute = attributes
        .iter()
        .find(|attribute| attribute.path().is_ident("error"))?;
    let tokens = attribute.meta.require_list().ok()?.tokens.clone();
    let first = tokens.into_iter().next()?;
    let text = syn::parse_str::<syn::LitStr>(&first.to_string());
    Some(text.map(|text| text.value()).unwrap_or_default())
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .meta
                .require_list()
                .is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

/// The last name of a path: `Message::new` gives `Message`, `new`.
fn last_two(path: &syn::Path) -> (String, String) {
    let mut names = path.segments.iter().rev();
    let mut next = || names.next().map(|name| name.ident.to_string());
    let last = next().unwrap_or_default();
    (next().unwrap_or_default(), last)
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        let owner = match &*block.self_ty {
            syn::Type::Path(of) => last_two(&of.path).1,
            _ => String::new(),
        };
        if let Some((of, _)) = &block.trait_
            && last_two(of).1 == "Dialog"
        {
            self.source.dialogs.push(owner.clone());
        }
        let before = std::mem::replace(&mut self.owner, owner);
        visit::visit_item_impl(self, block);
        self.owner = before;
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.begin(&function.sig.ident.to_string());
        visit::visit_item_fn(self, function);
        self.end();
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.begin(&function.sig.ident.to_string());
        visit::visit_impl_item_fn(self, function);
        self.end();
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let variants: Vec<_> = item
            .variants
            .iter()
            .filter_map(|variant| Some((variant.ident.to_string(), template(&variant.attrs)?)))
            .collect();
        if !variants.is_empty() {
            self.add_error(&item.ident, variants);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if let Some(text) = template(&item.attrs) {
            self.add_error(&item.ident, vec![(item.ident.to_string(), text)]);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let of_toasts = match &*call.receiver {
            syn::Expr::Field(field) => match &field.member {
                syn::Member::Named(name) => name == "toasts",
                syn::Member::Unnamed(_) => false,
            },
            _ => false,
        };
        if of_toasts || call.method == "tell" {
            self.speaks();
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(of) = &*call.func {
            let (owner, name) = last_two(&of.path);
            if matches!(
                (owner.as_str(), name.as_str()),
                ("Action", "Say" | "EditAndSay") | ("Message", "new")
            ) {
                self.speaks();
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.add(text.value());
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.add_tokens(call.tokens.clone());
    }
}

#[test]
fn texts_stand_under_the_function_that_says_them() {
    let text = r#"
        impl Dialog for Ask { fn title(&self) -> String { "问".into() } }
        fn tells(app: &mut App) { app.views.toasts.say(format!("已存 {n}")); }
        record! { /// 注释
            struct A {} }
        #[derive(thiserror::Error)] enum Bad { #[error("坏 {0}")] One(u8), #[error(transparent)] Two(Io) }
        #[cfg(test)] mod tests { fn f() { say("不算"); } }
    "#;
    let source = read("a.rs".into(), text);
    assert_eq!(source.dialogs, ["Ask"]);
    let functions: Vec<_> = source
        .functions
        .iter()
        .map(|function| (function.name.as_str(), &function.texts[..], function.speaks))
        .collect();
    let expected = [
        ("Ask::title", &["问".to_owned()][..], false),
        ("tells", &["已存 {n}".to_owned()][..], true),
    ];
    assert_eq!(functions, expected);
    let variants = &source.errors[0].variants;
    let one = ("One".to_owned(), "坏 {0}".to_owned());
    assert_eq!(variants[..], [one, ("Two".to_owned(), String::new())]);
}
