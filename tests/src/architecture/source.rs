//! Looks in source text for ways out of a pure function: files, networks, settings, processes, threads, the present
//! time, random numbers and the terminal.
//!
//! It reads words as the compiler splits them, so that comments and texts do not count, and imports in braces do. What
//! it cannot see is a way out through a dependency; those are listed in `purity.rs`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What a crate may do nevertheless.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    Nothing,
    Threads,
}

/// Ways out, by path in the standard library. `std::hash::RandomState` is one because it is seeded at random.
const PATHS: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::time::UNIX_EPOCH",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::io::Stdin",
    "std::io::Stdout",
    "std::io::Stderr",
    "std::hash::RandomState",
    "std::collections::hash_map::RandomState",
];

/// Macros that write to the terminal or read a setting of the build.
const MACROS: &[&str] = &["print", "println", "eprint", "eprintln", "dbg", "env", "option_env"];

/// What in a text is a way out, in words.
pub fn offences(text: &str, allowance: Allowance) -> Vec<String> {
    let tokens: TokenStream = text.parse().expect("source that the compiler takes");
    let mut found = Vec::new();
    look(tokens, allowance, &mut found);
    found
}

fn look(tokens: TokenStream, allowance: Allowance, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (position, tree) in trees.iter().enumerate() {
        let rest = trees.get(position + 1..).unwrap_or_default();
        match tree {
            TokenTree::Group(group) => look(group.stream(), allowance, found),
            TokenTree::Ident(name) if name == "std" => {
                let mut paths = Vec::new();
                walk("std", rest, &mut paths);
                found.extend(paths.into_iter().filter(|path| is_way_out(path, allowance)));
            }
            TokenTree::Ident(name) if MACROS.iter().any(|of| name == of) && is_call_of_macro(rest) => {
                found.push(format!("{name}!"));
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Whether a path is one of the ways out or lies below one. A glob stands for all below it, and so does another name
/// for the library, whose uses this reader would not know.
fn is_way_out(path: &str, allowance: Allowance) -> bool {
    let below = |way: &str| path == way || path.strip_prefix(way).is_some_and(|rest| rest.starts_with("::"));
    let around = |way: &str| path.strip_suffix("*").is_some_and(|front| way.starts_with(front));
    if allowance == Allowance::Threads && below("std::thread") {
        return false;
    }
    path == "std as" || PATHS.iter().any(|way| below(way) || around(way))
}

/// All paths that begin with `path` and go on with `rest`, those in braces one by one.
fn walk(path: &str, rest: &[TokenTree], paths: &mut Vec<String>) {
    match rest {
        [TokenTree::Punct(first), TokenTree::Punct(second), next, after @ ..]
            if first.as_char() == ':' && second.as_char() == ':' =>
        {
            match next {
                TokenTree::Ident(name) => walk(&format!("{path}::{name}"), after, paths),
                TokenTree::Punct(mark) if mark.as_char() == '*' => paths.push(format!("{path}::*")),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => in_braces(path, group, paths),
                TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => paths.push(path.to_owned()),
            }
        }
        [TokenTree::Ident(name), ..] if name == "as" && path == "std" => paths.push("std as".to_owned()),
        _ => paths.push(path.to_owned()),
    }
}

fn in_braces(path: &str, group: &Group, paths: &mut Vec<String>) {
    let trees: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ',');
    for branch in trees.split(is_comma) {
        match branch {
            [TokenTree::Ident(name), TokenTree::Ident(renamed), ..]
                if path == "std" && name == "self" && renamed == "as" =>
            {
                paths.push("std as".to_owned());
            }
            [TokenTree::Ident(name), after @ ..] => walk(&format!("{path}::{name}"), after, paths),
            [TokenTree::Punct(_), ..] => paths.push(format!("{path}::*")),
            _ => {}
        }
    }
}

/// Whether a mark and brackets follow, as they do not in `env != other`.
fn is_call_of_macro(rest: &[TokenTree]) -> bool {
    matches!(rest, [TokenTree::Punct(mark), TokenTree::Group(_), ..] if mark.as_char() == '!')
}

#[test]
fn ways_out_are_seen() {
    let refused = [
        ("use std::fs;", "std::fs"),
        ("use std::fs::File;", "std::fs::File"),
        ("use std::{collections::BTreeMap, net::{TcpStream, ToSocketAddrs}};", "std::net::TcpStream"),
        ("use std::io::{self, Read, stdout};", "std::io::stdout"),
        ("use std::time::*;", "std::time::*"),
        ("use std::{fs as disk};", "std::fs"),
        ("use std as s;", "std as"),
        ("use std::{self as s};", "std as"),
        ("fn now() -> u64 { let _ = ::std::time::SystemTime::now(); 1 }", "std::time::SystemTime::now"),
        ("fn f() { g(|| if h { std::time::Instant::now(); }) }", "std::time::Instant::now"),
        ("fn f() { std::thread::sleep(d) }", "std::thread::sleep"),
        ("fn f() -> Option<String> { std::env::var(\"HOME\").ok() }", "std::env::var"),
        ("fn f() { std :: process :: exit(1) }", "std::process::exit"),
        ("macro_rules! m { () => { std::fs::read(\"x\") } }", "std::fs::read"),
        ("type T = HashMap<u8, u8, std::hash::RandomState>;", "std::hash::RandomState"),
        ("fn f() { println!(\"x\") }", "println!"),
        ("fn f() { eprintln! {\"x\"} }", "eprintln!"),
    ];
    for (text, expected) in refused {
        let found = offences(text, Allowance::Nothing);
        assert!(found.iter().any(|offence| offence == expected), "{text}: found {found:?}");
    }
}

#[test]
fn what_is_no_way_out_passes() {
    let passes = [
        "//! Uses no std::fs.\n/* nor std::net */ fn f() -> &'static str { \"std::env::var println!\" }",
        "use calendar::Instant; fn f(at: Instant) -> Instant { at }",
        "use std::time::Duration; use std::io::{self, Read, Write};",
        "use std::{fmt, collections::{BTreeMap, hash_map::Entry}};",
        "fn f(w: &mut impl std::io::Write) { writeln!(w, \"x\").ok(); }",
        "fn print(env: u8) -> bool { env != 1 }",
    ];
    for text in passes {
        assert_eq!(offences(text, Allowance::Nothing), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_allowance_covers_threads_only() {
    let text = "fn f() { std::thread::scope(|s| g(s)); std::fs::read(p); }";
    assert_eq!(offences(text, Allowance::Nothing), ["std::thread::scope", "std::fs::read"]);
    assert_eq!(offences(text, Allowance::Threads), ["std::fs::read"]);
}
